import type { Backbone, Batch } from '@xtm/contracts';
import { useBackend } from '@xtm/tensor';
import { TEST_BACKENDS } from '@xtm/tensor/testing';
import { ownArrays, type PublicModules } from '../public-checkpoint';
import { distances, largest, relativeDifference } from './closeness';
import { type GoldenBackboneCase, readGoldenCase } from './golden-case';
import { runGoldenSteps, type StepRecord } from './golden-run';
import { assignArray, assignState } from './golden-state';

export interface GoldenBackboneTest {
  readonly file: string;
  readonly modules: PublicModules;
  create(golden: GoldenBackboneCase): { readonly backbone: Backbone; readonly batch: Batch };
  /** For each golden loss, our parts that add up to it. */
  readonly losses: Readonly<Record<string, readonly string[]>>;
}

/** Both sides compute in float32. */
const TOLERANCE = 1e-4;
/** Arrays whose largest value is below this are compared absolutely, to within 1e-5. */
const FLOOR = 0.1;
/**
 * Gradients that have come back through an encoder's BatchNorms are small differences of large numbers, on both sides:
 * they are compared as a share of the whole gradient's norm where that is larger.
 */
const ENCODER = /ncoder\./;
const ENCODER_SHARE = 1;
/** Share of a parameter's entries whose gradient may be zero but for rounding: Adam moves them by whole steps. */
const ROUNDED_AWAY = 0.002;

/**
 * A bias in front of a BatchNorm changes nothing: its gradient is rounding noise on both sides, which Adam blows up to
 * whole steps, and the running mean behind it follows.
 */
const NOISY_BIAS = /\.(mean|logVariance)\.bias$/;
const FOLLOWS_NOISE = /\.(mean|logVariance)Norm\.runningMean$/;

/** Registers the tests of a golden case on all of the tests' backends. */
export function testGoldenBackbone(test: GoldenBackboneTest): void {
  describe.each(TEST_BACKENDS)(`${test.file} on %s`, (backend) => {
    const golden = readGoldenCase(test.file);
    let backbone: Backbone;
    let batch: Batch;
    let records: StepRecord[];

    beforeAll(async () => {
      await useBackend(backend);
      ({ backbone, batch } = test.create(golden));
      assignState(backbone, ownArrays(golden.initial, test.modules));
      records = runGoldenSteps(backbone, batch, golden);
    });
    afterAll(() => backbone.dispose());

    it('has the losses of every step', () => expectLosses(records, golden, test));
    it('has the gradients of the first step', () => expectGradients(records[0]!, golden, test));
    it('has the gradient norms before clipping', () => {
      golden.steps.forEach(({ gradNorm }, s) => {
        if (gradNorm !== undefined)
          expect(relativeDifference([records[s]!.gradientNorm], [gradNorm])).toBeLessThan(TOLERANCE);
      });
    });
    it('ends with the same parameters and running statistics', () => expectFinal(backbone, golden, test));
    it('infers the same means and has the same topic-word weights from the final values', () =>
      expectInference(backbone, batch, golden, test));
  });
}

function expectLosses(records: readonly StepRecord[], { steps }: GoldenBackboneCase, test: GoldenBackboneTest): void {
  steps.forEach(({ losses }, s) => {
    const { loss, parts, noiseLeft } = records[s]!;
    expect(noiseLeft).toBe(0);
    expect(relativeDifference([loss], [losses['loss']!])).toBeLessThan(TOLERANCE);
    expect(Object.keys(losses).sort()).toEqual(['loss', ...Object.keys(test.losses)].sort());
    for (const [name, own] of Object.entries(test.losses)) {
      const sum = own.reduce((total, part) => total + parts[part]!, 0);
      expectClose(name, [sum], [losses[name]!]);
    }
  });
}

function expectGradients(
  { gradients, gradientNorm }: StepRecord,
  { steps }: GoldenBackboneCase,
  { modules }: GoldenBackboneTest,
): void {
  const expected = ownArrays(steps[0]!.grads!, modules);
  expect([...gradients.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [name, { data }] of expected) {
    const actual = gradients.get(name)!;
    if (NOISY_BIAS.test(name))
      expect(Math.max(...Array.from(actual, Math.abs))).toBeLessThan(TOLERANCE * gradientNorm);
    else expectClose(name, actual, data, ENCODER.test(name) ? ENCODER_SHARE * gradientNorm : FLOOR);
  }
}

function expectFinal(
  backbone: Backbone,
  { config, final, steps }: GoldenBackboneCase,
  { modules }: GoldenBackboneTest,
): void {
  const variables = new Map([...backbone.parameters, ...backbone.buffers]);
  const reach = 2 * steps.length * config.learningRate;
  for (const [name, { data }] of ownArrays(final, modules)) {
    const apart = distances(variables.get(name)!.dataSync(), data);
    expect({ name, within: largest(apart) < reach }).toEqual({ name, within: true });
    if (NOISY_BIAS.test(name) || FOLLOWS_NOISE.test(name)) continue;
    const scale = Math.max(FLOOR, largest(Array.from(data, Math.abs)));
    const differing = apart.filter((distance) => distance > TOLERANCE * scale);
    expect({ name, agrees: differing.length <= Math.ceil(ROUNDED_AWAY * data.length) }).toEqual({
      name,
      agrees: true,
    });
  }
}

function expectInference(
  backbone: Backbone,
  batch: Batch,
  { final, evalAfter }: GoldenBackboneCase,
  { modules }: GoldenBackboneTest,
): void {
  const variables = new Map([...backbone.parameters, ...backbone.buffers]);
  for (const [name, array] of ownArrays(final, modules)) assignArray(variables.get(name)!, array);
  batch.languages.forEach(({ rows }, l) => {
    const { mu, theta } = backbone.infer(rows, l);
    expectClose(`mu${l + 1}`, mu.dataSync(), evalAfter[`mu${l + 1}`]!.data);
    mu.dispose();
    theta.dispose();
  });
  backbone.topicWord().forEach((beta, l) => {
    const expected = evalAfter[`beta${l + 1}`];
    if (expected !== undefined) expectClose(`beta${l + 1}`, beta.dataSync(), expected.data);
    beta.dispose();
  });
}

/** The name is compared too, so that a failure says what differs. */
function expectClose(name: string, actual: ArrayLike<number>, expected: ArrayLike<number>, floor = FLOOR): void {
  expect({ name, close: relativeDifference(actual, expected, floor) < TOLERANCE }).toEqual({ name, close: true });
}
