import type { Corpus, ModelDefinition, TopicModel } from '@xtm/contracts';
import { knowsEmbeddings, placeByEmbeddings } from '../model/place-by-embeddings';
import { loadNeuralTopicModel } from '../model/saved-model';
import { hasRunPreprocessing, readRunPreprocessing } from '../run-folder/vocabulary';
import type { EmbedderSource } from '../train/embedder-source';
import type { InferenceParts } from './inference-run';

/** What a run's model is made of beside what is in its folder. */
export interface RunComponents {
  readonly definition: ModelDefinition;
  /** What it was trained on, where that is known; else how to find it. */
  readonly corpus?: Corpus | (() => Promise<Corpus>);
  /** By which the model places documents, where it knows them by embeddings. */
  readonly embedder?: EmbedderSource;
}

/**
 * What infers topics, from the folder of a finished run; a backend must have been chosen.
 *
 * @throws MissingFileError before the run has finished, RunFolderError for what is no run folder, DataFormatError
 */
export async function loadInference(
  folder: string,
  components: RunComponents,
): Promise<Pick<InferenceParts, 'folder' | 'model' | 'preprocessing'>> {
  return {
    folder,
    model: await loadModel(folder, components),
    ...(hasRunPreprocessing(folder) && { preprocessing: await readRunPreprocessing(folder) }),
  };
}

async function loadModel(folder: string, { definition, corpus, embedder }: RunComponents): Promise<TopicModel> {
  if (definition.kind === 'backbone') return loadNeuralTopicModel(folder, () => definition);
  const model = await definition.load(folder);
  if (embedder === undefined || corpus === undefined || !knowsEmbeddings(model)) return model;
  const known = typeof corpus === 'function' ? corpus : async () => corpus;
  return placeByEmbeddings(model, () => embedder.fitted(known));
}
