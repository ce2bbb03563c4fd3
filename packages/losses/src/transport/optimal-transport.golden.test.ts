import { describeOnBackends } from '../testing/backends';
import { expectClose, matrix, readGoldenCase, vector, type StoredArray } from '../testing/golden';
import { optimalTransport } from './optimal-transport';

interface TransportCase {
  readonly inputs: Readonly<Record<'a' | 'b' | 'x' | 'y', StoredArray>>;
  readonly outputs: {
    /** Cost by regularisation. */
    readonly cost: Readonly<Record<string, number>>;
    readonly exact: number;
  };
}

const { inputs, outputs } = readGoldenCase<TransportCase>('loss-ot');

describeOnBackends('optimalTransport against known numbers', () => {
  const sets = () => ({
    first: { points: matrix(inputs.x), weights: vector(inputs.a) },
    second: { points: matrix(inputs.y), weights: vector(inputs.b) },
  });

  it.each(Object.entries(outputs.cost))('finds the cost at regularisation %s', (regularisation, cost) => {
    const { first, second } = sets();
    expectClose(optimalTransport(first, second, { regularisation: Number(regularisation) }), [cost]);
  });

  it('comes down to the exact optimum as the regularisation falls', () => {
    const { first, second } = sets();
    expectClose(optimalTransport(first, second, { regularisation: 0.002 }), [outputs.exact], { relative: 1e-3 });
  });
});
