import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backbones, clusterDocuments } from '@xtm/backbones';
import type { BackboneNeed, BackboneResources, Corpus } from '@xtm/contracts';
import { syntheticCorpus } from '@xtm/data/testing';
import { AlignedEmbedder } from '@xtm/embedder';
import { SeededGenerator } from '@xtm/numeric';
import { fit, RunFolder, supplyResources } from '@xtm/pipeline';
import { createCorpusRefiner } from '@xtm/refiner';

const NUM_TOPICS = 20;
const NEEDS: ReadonlySet<BackboneNeed> = new Set(['dictionary', 'wordVectors', 'wordEmbeddings', 'documentEmbeddings', 'clusters']);

/** What every training works on: 600 documents and 1,000 words a language, with embeddings. */
export interface SoakParts {
  readonly corpus: Corpus;
  readonly resources: BackboneResources;
  readonly embedder: AlignedEmbedder;
}

export async function prepareSoak(): Promise<SoakParts> {
  const corpus = syntheticCorpus({ generator: new SeededGenerator(1), numTopics: NUM_TOPICS, wordsPerTopic: 50, trainDocuments: [600, 600], documentLength: 60 });
  const embedder = new AlignedEmbedder({ dimensions: 50 });
  const resources = await supplyResources(corpus, NEEDS, { embedder, numTopics: NUM_TOPICS, generator: new SeededGenerator(2), clusterDocuments });
  return { corpus, resources, embedder };
}

/** One training of both phases with a run folder, another backbone each time; everything it made is disposed of. */
export async function trainOnce({ corpus, resources, embedder }: SoakParts, number: number): Promise<string> {
  const names = [...backbones.keys()];
  const name = names[number % names.length]!;
  const path = await mkdtemp(join(tmpdir(), 'xtm-soak-'));
  const folder = RunFolder.open(path);
  try {
    const refiner = createCorpusRefiner({
      vocabularies: corpus.languages.map(({ vocabulary }) => vocabulary), trainRows: corpus.languages.map(({ train }) => train.rows),
      wordEmbeddings: resources.wordEmbeddings!, dictionary: resources.dictionary, generator: new SeededGenerator(number),
    });
    const refinement = { refiner, embedder, options: { epochs: 4, refineEvery: 2, rounds: 2 } };
    const model = await fit(resources, { backbone: backbones.get(name)!, training: { numTopics: NUM_TOPICS, epochs: 8, batchSize: 100, seed: number }, refinement, folder });
    await model.transform(corpus.languages[0]!.test!.rows, 0);
    model.dispose();
    return name;
  } finally {
    folder.close();
    await rm(path, { recursive: true, force: true });
  }
}
