import * as tf from '@tensorflow/tfjs-core';
import { type Backbone, type BackboneDefinition, type BackboneResources, InvalidOptionError, MissingNeedError } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { computeGradients, useBackend } from '@xtm/tensor';
import { relativeDifference } from './closeness';
import { rowsFromDense } from './rows';
import { syntheticCorpus } from './synthetic-corpus';
import { batchOf, trainBackbone } from './train';
import { copyVariables, inferAll, takenApart, valuesOf } from './variables';

export interface BackboneContractOptions {
  /** Backbone options that keep the suite quick; default none. */
  readonly options?: Readonly<Record<string, unknown>>;
}

const NUM_TOPICS = 5;

/** Registers the tests that every backbone passes. Needs jest's globals. */
export function backboneContract(definition: BackboneDefinition, { options = {} }: BackboneContractOptions = {}): void {
  describe(`backbone contract of ${definition.name}`, () => {
    const { resources } = syntheticCorpus({ generator: new SeededGenerator(5), numTopics: NUM_TOPICS });
    const create = (seed: number, given: BackboneResources = resources): Backbone =>
      definition.create(given, NUM_TOPICS, options, new SeededGenerator(seed));
    const train = (backbone: Backbone, epochs: number, seed: number): number[] =>
      trainBackbone(backbone, resources.corpus, { ...definition.training, epochs, learningRate: 0.01, generator: new SeededGenerator(seed) });
    let backbone: Backbone;

    beforeAll(() => useBackend('wasm'));
    beforeEach(() => (backbone = create(1)));
    afterEach(() => backbone.dispose());

    it('lowers its loss', () => {
      const losses = train(backbone, 8, 2);
      expect(losses.every(Number.isFinite)).toBe(true);
      expect(losses[7]!).toBeLessThan(0.97 * losses[0]!);
    });

    it('repeats a run of the same seed, and no other', () => {
      const twin = create(1);
      const other = create(7);
      expect(train(twin, 2, 2)).toEqual(train(backbone, 2, 2));
      expect(train(other, 2, 2)).not.toEqual(train(twin, 2, 2));
      twin.dispose();
      other.dispose();
    });

    it('sends a gradient to every parameter', () => {
      tf.tidy(() => {
        const batch = batchOf(resources.corpus, [...Array(32).keys()]);
        const { gradients } = computeGradients(backbone.parameters, () => backbone.forward(batch, { training: true, generator: new SeededGenerator(3) }).loss);
        expect([...gradients.keys()].sort()).toEqual([...backbone.parameters.keys()].sort());
        for (const [name, gradient] of gradients) {
          const largest = Math.max(...Array.from(gradient.dataSync(), Math.abs));
          expect([name, Number.isFinite(largest)]).toEqual([name, true]);
          if (!name.endsWith('.bias')) expect([name, largest > 0]).toEqual([name, true]);
        }
      });
    });

    it.each([1, 3, 33])('takes a batch of %i pairs, its loss the sum of its parts, its proportions summing to 1', (size) => {
      tf.tidy(() => {
        const { loss, parts, documentTopics } = backbone.forward(batchOf(resources.corpus, [...Array(size).keys()]), { training: true, generator: new SeededGenerator(3) });
        const sum = Object.values(parts).reduce((total, part) => total + part.dataSync()[0]!, 0);
        expect(relativeDifference(loss.dataSync(), [sum])).toBeLessThan(1e-5);
        expect(documentTopics.map(({ shape }) => shape)).toEqual([[size, NUM_TOPICS], [size, NUM_TOPICS]]);
        for (const theta of documentTopics) expect(relativeDifference(tf.sum(theta, 1).dataSync(), new Float32Array(size).fill(1))).toBeLessThan(1e-5);
      });
    });

    it('gives the same loss twice outside training, and learns nothing there', () => {
      train(backbone, 1, 2);
      const batch = batchOf(resources.corpus, [4, 2, 9]);
      const before = valuesOf(backbone);
      const losses = [3, 4].map((seed) => tf.tidy(() => backbone.forward(batch, { training: false, generator: new SeededGenerator(seed) }).loss.dataSync()[0]!));
      expect(losses[0]).toBe(losses[1]);
      expect(valuesOf(backbone)).toEqual(before);
    });

    it.each([0, 1])('infers documents of language %i one by one and in any order as in one batch', (language) => {
      train(backbone, 1, 2);
      const { rows } = resources.corpus.languages[language]!.train;
      const together = inferAll(backbone, rows, language);
      const { positions, pieces } = takenApart(rows);
      const apart = pieces.flatMap((piece) => [...inferAll(backbone, piece, language).mu]);
      const reordered = positions.flatMap((position) => [...together.mu.subarray(position * NUM_TOPICS, (position + 1) * NUM_TOPICS)]);
      expect(relativeDifference(apart, reordered)).toBeLessThan(1e-5);
    });

    it('trains on and infers documents without words', () => {
      const { vocabulary } = resources.corpus.languages[0]!;
      const empty = rowsFromDense(new Float32Array(2 * vocabulary.length), 2, vocabulary.length);
      const batch = batchOf(resources.corpus, [0, 1]);
      const withEmpty = { ...batch, languages: [{ ...batch.languages[0]!, rows: empty }, batch.languages[1]!] };
      const loss = tf.tidy(() => backbone.forward(withEmpty, { training: true, generator: new SeededGenerator(3) }).loss.dataSync()[0]!);
      expect(loss).toEqual(expect.closeTo(loss, 5));
      const { mu, theta } = inferAll(backbone, empty, 0);
      expect([...mu, ...theta].every(Number.isFinite)).toBe(true);
    });

    it('gives the same outputs from saved variables, as a backbone and as an encoder alone', () => {
      train(backbone, 1, 2);
      const { corpus } = resources;
      const { rows } = corpus.languages[1]!.train;
      const restored = create(9);
      copyVariables(backbone, restored);
      const encoder = definition.createEncoder(
        { languages: corpus.languages.map(({ language }) => language), vocabularySizes: corpus.languages.map(({ vocabulary }) => vocabulary.length), numTopics: NUM_TOPICS },
        options,
      );
      copyVariables(backbone, encoder);
      expect(inferAll(restored, rows, 1)).toEqual(inferAll(backbone, rows, 1));
      expect(inferAll(encoder, rows, 1)).toEqual(inferAll(backbone, rows, 1));
      const weights = [backbone, restored].map((model) => tf.tidy(() => model.topicWord().map((beta) => beta.dataSync())));
      expect(weights[1]).toEqual(weights[0]);
      restored.dispose();
      encoder.dispose();
    });

    it('frees every tensor when disposed', () => {
      const before = tf.memory().numTensors;
      const another = create(1);
      train(another, 1, 2);
      inferAll(another, resources.corpus.languages[0]!.train.rows, 0);
      tf.dispose(another.topicWord());
      another.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });

    it('says which of its needs is missing', () => {
      for (const need of definition.needs) {
        const { [need]: _left, ...others } = resources;
        expect(() => create(1, others as BackboneResources)).toThrow(MissingNeedError);
      }
    });

    it('refuses unknown options, impossible values and fewer than two topics', () => {
      expect(() => definition.resolveOptions({ hiddenUnit: 5 })).toThrow(InvalidOptionError);
      expect(() => definition.resolveOptions({ hiddenUnits: -5 })).toThrow(/hiddenUnits/);
      expect(() => definition.create(resources, 1, options, new SeededGenerator(1))).toThrow(/numTopics/);
      expect(definition.resolveOptions(definition.resolveOptions(options))).toEqual(definition.resolveOptions(options));
    });
  });
}
