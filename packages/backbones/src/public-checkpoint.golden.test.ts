import { type Backbone, DataFormatError, InvalidOptionError, type TopicEncoder } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { useBackend } from '@xtm/tensor';
import { nmtm } from './nmtm';
import { ownArrays, publicModules, readPublicCheckpoint } from './public-checkpoint';
import { findBackbone } from './registry';
import { relativeDifference } from './testing/closeness';
import { type GoldenBackboneCase, readGoldenCase } from './testing/golden-case';
import { goldenCorpus, goldenDictionary, goldenOptions, goldenRows } from './testing/golden-inputs';
import { assignArray, assignState } from './testing/golden-state';

type Name = keyof typeof publicModules;
const NAMES = Object.keys(publicModules) as Name[];

const goldenOf = (name: Name): GoldenBackboneCase => readGoldenCase(`backbone-${name}.json`);
/** Case settings that a checkpoint does not say. */
const optionsOf = (golden: GoldenBackboneCase): Record<string, unknown> => {
  const { hiddenUnits: _, ...options } = goldenOptions(golden);
  return options;
};

/** The encoder as inference has it, filled from a checkpoint. */
function encoderOf(name: Name, golden: GoldenBackboneCase): TopicEncoder {
  const { modelOptions, arrays } = readPublicCheckpoint(name, golden.initial, 'case', optionsOf(golden));
  const shape = {
    languages: goldenCorpus(golden, 'bow').languages.map(({ language }) => language),
    vocabularySizes: golden.config.vocabulary,
    numTopics: golden.config.topics,
  };
  const encoder = findBackbone(name).createEncoder(shape, modelOptions);
  for (const [variableName, variable] of [...encoder.parameters, ...encoder.buffers])
    assignArray(variable, arrays.get(variableName)!);
  return encoder;
}

function means(encoder: TopicEncoder, golden: GoldenBackboneCase, language: number): number[] {
  const { mu, theta } = encoder.infer(goldenRows(golden, `bow${language + 1}`), language);
  const values = Array.from(mu.dataSync());
  mu.dispose();
  theta.dispose();
  return values;
}

/**
 * Posterior means by the formula, in double precision and straight from the PyTorch tensors: softplus layers, then a
 * BatchNorm with its running statistics.
 */
function expectedMeans({ initial, inputs, config }: GoldenBackboneCase, name: Name, language: number): number[] {
  const suffix = language === 0 ? 'en' : 'cn';
  const prefix = { nmtm: '', infoctm: `encoder_${suffix}.`, gloctm: `encoder_${suffix}.`, xtra: 'encoder.' }[name];
  const linear = (rows: number[][], layer: string): number[][] => {
    const [weight, bias] = [initial[`${layer}.weight`]!, initial[`${layer}.bias`]!];
    const [outputs, size] = weight.shape as [number, number];
    return rows.map((row) =>
      Array.from({ length: outputs }, (_, o) =>
        row.reduce((sum, x, i) => sum + x * weight.data[o * size + i]!, bias.data[o]!),
      ),
    );
  };
  const apply = (rows: number[][], of: (x: number) => number): number[][] => rows.map((row) => row.map(of));
  const softplus = (x: number): number => Math.log1p(Math.exp(x));
  const bow = inputs[`bow${language + 1}`]!;
  const [documents, words] = bow.shape as [number, number];
  const rows = Array.from({ length: documents }, (_, d) =>
    Array.from({ length: words }, (_word, w) => bow.data[d * words + w]!),
  );
  const shared = name === 'xtra' ? apply(linear(rows, `mlp_${suffix}.0`), (x) => Math.max(0, x)) : rows;
  const hidden = apply(
    linear(apply(linear(shared, name === 'nmtm' ? `fc11_${suffix}` : `${prefix}fc11`), softplus), `${prefix}fc12`),
    softplus,
  );
  const [mean, variance, shift] = ['running_mean', 'running_var', 'bias'].map(
    (leaf) => initial[`${prefix}mean_bn.${leaf}`]!.data,
  ) as [number[], number[], number[]];
  return linear(hidden, `${prefix}fc21`).flatMap((row) =>
    row.map((x, k) => (x - mean[k]!) / Math.sqrt(variance[k]! + config.batchNormEps) + shift[k]!),
  );
}

beforeAll(async () => {
  await useBackend('wasm');
});

describe.each(NAMES)('a checkpoint of the public code of %s', (name) => {
  const golden = goldenOf(name);

  it('gives an encoder that infers what the checkpoint says', () => {
    const encoder = encoderOf(name, golden);
    for (const language of [0, 1])
      expect(relativeDifference(means(encoder, golden, language), expectedMeans(golden, name, language))).toBeLessThan(
        1e-4,
      );
    encoder.dispose();
  });

  it('has the sizes that the case says', () => {
    const { modelOptions, decoderWeights } = readPublicCheckpoint(name, golden.initial, 'case', optionsOf(golden));
    expect(modelOptions['hiddenUnits']).toBe(golden.config.units);
    expect(decoderWeights.map(({ rows, columns }) => [rows, columns])).toEqual(
      golden.config.vocabulary.map((words) => [golden.config.topics, words]),
    );
  });

  it('is told from another model\'s', () => {
    const other = goldenOf(name === 'gloctm' ? 'nmtm' : 'gloctm');
    expect(() => readPublicCheckpoint(name, other.initial, 'other.safetensors')).toThrow(DataFormatError);
  });
});

it.each(['nmtm', 'infoctm'] as const)('has the topic-word weights that the public code of %s computes', (name) => {
  const golden = goldenOf(name);
  const { decoderWeights } = readPublicCheckpoint(
    name,
    { ...golden.initial, ...golden.final },
    'case',
    optionsOf(golden),
  );
  decoderWeights.forEach(({ data }, l) =>
    expect(relativeDifference(data, golden.evalAfter[`beta${l + 1}`]!.data)).toBeLessThan(1e-5),
  );
});

it('has the weights that our NMTM computes through its dictionary', () => {
  const golden = goldenOf('nmtm');
  const resources = { corpus: goldenCorpus(golden, 'trainBow'), dictionary: goldenDictionary(golden) };
  const backbone: Backbone = nmtm.definition.create(
    resources,
    golden.config.topics,
    { ...nmtm.definition.published, ...goldenOptions(golden) },
    new SeededGenerator(1),
  );
  assignState(backbone, ownArrays(golden.initial, publicModules.nmtm));
  const { decoderWeights } = readPublicCheckpoint('nmtm', golden.initial, 'case', optionsOf(golden));
  backbone.topicWord().forEach((weights, l) => {
    expect(relativeDifference(decoderWeights[l]!.data, weights.dataSync())).toBeLessThan(1e-4);
    weights.dispose();
  });
  backbone.dispose();
});

it('refuses a model without public code', () => {
  expect(() => readPublicCheckpoint('mcta', goldenOf('infoctm').initial, 'file')).toThrow(InvalidOptionError);
});
