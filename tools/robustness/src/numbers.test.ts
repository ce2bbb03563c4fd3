import { backbones, clusterDocuments } from '@xtm/backbones';
import { baselines } from '@xtm/baselines';
import { EmptyCorpusError, InvalidOptionError, MissingNeedError, modelFactory, TrainingDivergedError, type ModelResources, type Corpus, type DenseMatrix, type Embedder, type TopicModel } from '@xtm/contracts';
import { syntheticCorpus } from '@xtm/data/testing';
import { AlignedEmbedder } from '@xtm/embedder';
import { SeededGenerator } from '@xtm/numeric';
import { fit, fitBaseline, supplyResources, type TrainingOptions } from '@xtm/pipeline';
import { useBackend } from '@xtm/tensor';

type Needs = Parameters<typeof supplyResources>[1];

const EVERYTHING: Needs = new Set(['dictionary', 'wordVectors', 'wordEmbeddings', 'documentEmbeddings', 'clusters']);

function corpusOf(trainDocuments: readonly number[]): Corpus {
  return syntheticCorpus({ generator: new SeededGenerator(1), trainDocuments, testDocuments: 2 });
}

/** Any vectors: what models make of few documents is to be tested, not what embedders do. */
function drawnEmbedder(): Embedder {
  const generator = new SeededGenerator(3);
  const draw = (rows: number): DenseMatrix => {
    const data = new Float32Array(rows * 4);
    generator.fillNormal(data);
    return { rows, columns: 4, data };
  };
  return {
    name: 'drawn', fingerprint: 'drawn', dimensions: 4,
    embedDocuments: async ({ rows }) => draw(rows!.rows),
    embedWords: async (words) => draw(words.length),
    embedTexts: async (texts) => draw(texts.length),
  };
}

function resourcesOf(corpus: Corpus, numTopics: number, needs: Needs = EVERYTHING): Promise<ModelResources> {
  return supplyResources(corpus, needs, { embedder: drawnEmbedder(), numTopics, generator: new SeededGenerator(2), clusterDocuments });
}

async function train(name: string, resources: ModelResources, training: TrainingOptions): Promise<TopicModel> {
  return fit(resources, { model: modelFactory(backbones.get(name)!)(), training: { batchSize: 16, epochs: 2, ...training } });
}

/** Every number that a model says is finite, and distributions sum to 1. */
async function expectSound(model: TopicModel, { languages }: Corpus): Promise<void> {
  for (const [index, { train: { rows } }] of languages.entries()) {
    const { proportions } = await model.transform(rows, index);
    for (const { data, rows: count } of [proportions, model.topicWord[index]!]) {
      expect(data.every(Number.isFinite)).toBe(true);
      expect(data.reduce((sum, value) => sum + value, 0) / count).toBeCloseTo(1, 4);
    }
  }
  model.dispose();
}

beforeAll(() => useBackend('wasm'));

describe.each([...backbones.keys()])('%s', (name) => {
  it('trains on a language of one document', async () => {
    const corpus = corpusOf([20, 1]);
    await expectSound(await train(name, await resourcesOf(corpus, 3), { numTopics: 3 }), corpus);
  });

  it('trains where the last batch is one pair of documents', async () => {
    const corpus = corpusOf([17, 17]);
    await expectSound(await train(name, await resourcesOf(corpus, 3), { numTopics: 3 }), corpus);
  });

  it('finds two topics, in one epoch', async () => {
    const corpus = corpusOf([20, 20]);
    await expectSound(await train(name, await resourcesOf(corpus, 2), { numTopics: 2, epochs: 1 }), corpus);
  });

  it('finds 500 topics', async () => {
    const corpus = corpusOf([500, 20]);
    const resources = await resourcesOf(corpus, 500, new Set(backbones.get(name)!.needs));
    await expectSound(await train(name, resources, { numTopics: 500, epochs: 1, batchSize: 128 }), corpus);
  }, 120_000);

  it('stops in the first epoch when the learning rate is too high, naming batch and part', async () => {
    const error = await train(name, await resourcesOf(corpusOf([40, 40]), 3), { numTopics: 3, batchSize: 8, learningRate: 1e30 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TrainingDivergedError);
    expect(error).toMatchObject({ epoch: 1, batch: expect.any(Number) as number, part: expect.stringMatching(/^\w+/) as string, advice: expect.stringContaining('Lower learningRate') as string });
  });

  it('trains without one translation, or says that it cannot', async () => {
    const corpus = { ...corpusOf([20, 20]), dictionary: { languages: [0, 1] as const, first: new Int32Array(0), second: new Int32Array(0) } };
    const embedded = await resourcesOf(corpusOf([20, 20]), 3);
    const outcome = await train(name, { ...embedded, corpus, dictionary: corpus.dictionary }, { numTopics: 3 }).catch((error: unknown) => error);
    if (outcome instanceof Error) expect([EmptyCorpusError, MissingNeedError, InvalidOptionError]).toContain(outcome.constructor);
    else await expectSound(outcome as TopicModel, corpus);
  });
});

it('word vectors cannot be learnt from one document, which is said', async () => {
  const corpus = corpusOf([20, 1]);
  await expect(new AlignedEmbedder({ dimensions: 4 }).fit(corpus, corpus.dictionary)).rejects.toMatchObject({ constructor: EmptyCorpusError, language: 'zh-Hans', message: expect.stringContaining('1 training documents') as string });
});

describe.each([...baselines.keys()])('%s', (name) => {
  const fitOn = (resources: ModelResources, numTopics: number): Promise<TopicModel> => fitBaseline(resources, { model: modelFactory(baselines.get(name)!)(), training: { numTopics }, embedder: undefined });

  it.each([['a language of one document', [20, 1], 3], ['two topics', [20, 20], 2]] as const)('gives sound numbers for %s, or says why not', async (_, documents, numTopics) => {
    const corpus = corpusOf(documents);
    const outcome = await resourcesOf(corpus, numTopics).then((resources) => fitOn(resources, numTopics)).catch((error: unknown) => error);
    if (outcome instanceof Error) expect([EmptyCorpusError, MissingNeedError, InvalidOptionError]).toContain(outcome.constructor);
    else await expectSound(outcome as TopicModel, corpus);
  });
});
