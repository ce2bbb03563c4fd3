import { resolve } from 'node:path';
import { type Corpus, type Embedder, type EmbedderChoice, InvalidOptionError, type ModelFactory } from '@xtm/contracts';
import { type BackendRequest, useBackend } from '@xtm/tensor';
import { readRunConfig, type RunConfig } from '../run-folder/config';
import { EmbedderSource } from '../train/embedder-source';
import { InferenceRun } from './inference-run';
import { loadInference } from './load-inference';

export interface OpenForInferenceOptions {
  /** Of which model the run is, as `@xtm/backbones` and `@xtm/baselines` export them; several where any may come. */
  readonly model: Pick<ModelFactory, 'definition'> | readonly Pick<ModelFactory, 'definition'>[];
  /** The embedder that the run was trained with, for a baseline that places documents by it. */
  readonly embedder?: EmbedderChoice | Embedder;
  /** What it was trained on, for an embedder that learns from it. */
  readonly corpus?: Corpus;
  /** What computes; default what is best here. */
  readonly backend?: BackendRequest;
  /** Where the embedder looks for its key; default `process.env`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * A finished run from its folder, to infer topics of new documents by; it cannot be refined or measured, and brings
 * nothing of what that takes.
 *
 * @throws InvalidOptionError for a run of another model; MissingFileError before the run has finished, RunFolderError
 *   for what is no run folder, DataFormatError
 */
export async function openForInference(folder: string, options: OpenForInferenceOptions): Promise<InferenceRun> {
  const path = resolve(folder);
  const config = readRunConfig(path);
  const definition = definitionFor(config, options);
  const { embedder: chosen, corpus = missingCorpus, backend = 'auto', environment } = options;
  const { dataset: datasetFolder } = config.paths;
  const surroundings = { ...(environment && { environment }), ...(datasetFolder !== undefined && { datasetFolder }) };
  const embedder = chosen && new EmbedderSource(chosen, surroundings);
  await useBackend(backend);
  const parts = await loadInference(path, { definition, corpus, ...(embedder && { embedder }) });
  return new InferenceRun({ ...parts, ...(embedder && { owned: [embedder] }) });
}

function definitionFor({ settings }: RunConfig, { model }: OpenForInferenceOptions) {
  const definitions = [model].flat().map(({ definition }) => definition);
  const found = definitions.find(({ name }) => name === settings.model);
  if (found !== undefined) return found;
  const given = definitions.map(({ name }) => name).join(', ');
  throw new InvalidOptionError('model', given, `the run is one of ${settings.model}`, {
    advice: 'Give the model that the run was trained with.',
  });
}

async function missingCorpus(): Promise<Corpus> {
  throw new InvalidOptionError('corpus', undefined, 'is needed by an embedder that learns from it', {
    advice: 'Give the corpus when the run is opened.',
  });
}
