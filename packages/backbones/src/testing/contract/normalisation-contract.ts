import type { Normalisation } from '@xtm/contracts';
import { relativeDifference } from '../closeness';
import { rowsFromDense } from '../rows';
import { settleExactly } from '../settle-exactly';
import { copyVariables, inferAll, takenApart } from '../variables';
import { ContractSubject, NUM_TOPICS } from './subject';

const KINDS = [
  { batchNormalisation: 'together', normalisation: 'joint' },
  { batchNormalisation: 'by-language', normalisation: 'per-language' },
  { batchNormalisation: 'by-language', normalisation: 'running' },
] as const;

/** Registers what every way of normalising encoded documents must give. */
export function normalisationContract({ definition, options }: ContractSubject): void {
  describe.each(KINDS)('normalised $batchNormalisation, inferring by $normalisation statistics', (kind) => {
    const subject = new ContractSubject(definition, { ...options, ...kind });
    beforeEach(() => {
      subject.start();
      subject.train(subject.backbone, 1);
    });
    afterEach(() => subject.stop());

    it('gives the training documents the spread that training gave them', () => {
      const { backbone, resources: { corpus } } = subject;
      const before = corpus.languages.map(({ train }, l) => [...inferAll(backbone, train.rows, l).mu]);
      settleExactly(backbone, corpus);
      const after = corpus.languages.map(({ train }, l) => [...inferAll(backbone, train.rows, l).mu]);
      if (kind.normalisation === 'running') expect(after).toEqual(before);
      else
        for (const variances of spreads(after, kind.normalisation))
          for (const variance of variances) expect(variance).toBeCloseTo(1, 1);
    });

    it('infers a document alone as among others, and the same from saved variables', () => {
      const { backbone, resources: { corpus } } = subject;
      settleExactly(backbone, corpus);
      const restored = subject.create(9);
      copyVariables(backbone, restored);
      corpus.languages.forEach(({ train: { rows } }, language) => {
        const together = inferAll(backbone, rows, language).mu;
        const { positions, pieces } = takenApart(rows);
        const apart = pieces.flatMap((piece) => [...inferAll(backbone, piece, language).mu]);
        const reordered = positions.flatMap((position) => [
          ...together.subarray(position * NUM_TOPICS, (position + 1) * NUM_TOPICS),
        ]);
        expect(relativeDifference(apart, reordered)).toBeLessThan(1e-5);
        expect(inferAll(restored, rows, language).mu).toEqual(together);
        const empty = rowsFromDense(new Float32Array(rows.columns), 1, rows.columns);
        expect([...inferAll(backbone, empty, language).mu].every(Number.isFinite)).toBe(true);
      });
      restored.dispose();
    });
  });
}

/**
 * Variance of every topic's means: over each language's documents, or over all of them, every language weighing the
 * same.
 */
function spreads(means: readonly (readonly number[])[], normalisation: Normalisation): number[][] {
  const moments = means.map((language) =>
    Array.from({ length: NUM_TOPICS }, (_, k) => momentsOf(language.filter((_value, i) => i % NUM_TOPICS === k))),
  );
  if (normalisation === 'per-language') return moments.map((language) => language.map(({ variance }) => variance));
  return [
    Array.from({ length: NUM_TOPICS }, (_, k) => {
      const centre = moments.reduce((sum, language) => sum + language[k]!.mean / moments.length, 0);
      return moments.reduce(
        (sum, language) => sum + (language[k]!.variance + (language[k]!.mean - centre) ** 2) / moments.length,
        0,
      );
    }),
  ];
}

function momentsOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}
