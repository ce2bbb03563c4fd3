import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backbones, clusterDocuments } from '@xtm/backbones';
import { type Corpus, modelFactory, type ModelNeed, type ModelResources } from '@xtm/contracts';
import { syntheticCorpus } from '@xtm/data/testing';
import { AlignedEmbedder } from '@xtm/embedder';
import { SeededGenerator } from '@xtm/numeric';
import { fit, RunFolder, supplyResources } from '@xtm/pipeline';
import { createCorpusRefiner } from '@xtm/refiner';

const NUM_TOPICS = 6;
const NEEDS: ReadonlySet<ModelNeed> = new Set([
  'dictionary',
  'wordVectors',
  'wordEmbeddings',
  'documentEmbeddings',
  'clusters',
]);

/** What every training works on: 60 documents and 60 words per language, with embeddings. */
export interface SoakParts {
  readonly corpus: Corpus;
  readonly resources: ModelResources;
  readonly embedder: AlignedEmbedder;
}

export async function prepareSoak(): Promise<SoakParts> {
  const corpus = syntheticCorpus({
    generator: new SeededGenerator(1),
    numTopics: NUM_TOPICS,
    wordsPerTopic: 10,
    trainDocuments: [60, 60],
  });
  const embedder = new AlignedEmbedder({ dimensions: 10 });
  const resources = await supplyResources(corpus, NEEDS, {
    embedder,
    numTopics: NUM_TOPICS,
    generator: new SeededGenerator(2),
    clusterDocuments,
  });
  return { corpus, resources, embedder };
}

/** Trains every backbone once, so that rounds are alike and their memory comparable. */
export async function trainAll(parts: SoakParts, round: number): Promise<void> {
  for (const name of backbones.keys()) await trainOne(parts, name, round);
}

/** Both phases with a run folder; everything that is made is disposed of. */
async function trainOne({ corpus, resources, embedder }: SoakParts, name: string, seed: number): Promise<void> {
  const path = await mkdtemp(join(tmpdir(), 'xtm-soak-'));
  const folder = RunFolder.open(path);
  try {
    const refiner = createCorpusRefiner({
      vocabularies: corpus.languages.map(({ vocabulary }) => vocabulary),
      trainRows: corpus.languages.map(({ train }) => train.rows),
      wordEmbeddings: resources.wordEmbeddings!,
      dictionary: resources.dictionary,
      generator: new SeededGenerator(seed),
    });
    const refinement = { refiner, embedder, options: { epochs: 2, refineEvery: 1, rounds: 2 } };
    const model = await fit(resources, {
      model: modelFactory(backbones.get(name)!)(),
      training: { numTopics: NUM_TOPICS, epochs: 3, batchSize: 30, seed },
      refinement,
      folder,
    });
    await model.transform(corpus.languages[0]!.test!.rows, 0);
    model.dispose();
  } finally {
    folder.close();
    await rm(path, { recursive: true, force: true });
  }
}
