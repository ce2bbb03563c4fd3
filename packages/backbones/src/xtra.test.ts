import { InvalidOptionError } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { backboneContract } from './testing/backbone-contract';
import { syntheticCorpus } from './testing/synthetic-corpus';
import { xtra, xtraIngredients } from './xtra';

backboneContract(xtra.definition, { options: { hiddenUnits: 16, sharedUnits: 32, topicWordUnits: 24 } });

describe('xtraIngredients', () => {
  const { resources } = syntheticCorpus({ generator: new SeededGenerator(3), numTopics: 4 });

  it('stay finite where a cluster is empty', () => {
    const { prior, initialTopicWords } = xtraIngredients(resources, 7);
    expect([...prior.mean, ...prior.variance].every(Number.isFinite)).toBe(true);
    const { columns } = initialTopicWords[0]!;
    expect(initialTopicWords[0]!.data.subarray(6 * columns).every((weight) => weight === Math.fround(1e-8))).toBe(
      true,
    );
  });

  it('refuse clusters beyond the topics, and of another number of documents', () => {
    expect(() => xtraIngredients(resources, 3)).toThrow(/clusters: must be from 0 to 2/);
    const [first, second] = resources.clusters;
    expect(() => xtraIngredients({ ...resources, clusters: [first!, second!.slice(1)] }, 4)).toThrow(
      InvalidOptionError,
    );
  });
});
