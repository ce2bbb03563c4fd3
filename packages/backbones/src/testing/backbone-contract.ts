import type { BackboneDefinition } from '@xtm/contracts';
import { useBackend } from '@xtm/tensor';
import { TEST_BACKEND } from '@xtm/tensor/testing';
import { forwardContract } from './contract/forward-contract';
import { inferenceContract } from './contract/inference-contract';
import { lifecycleContract } from './contract/lifecycle-contract';
import { normalisationContract } from './contract/normalisation-contract';
import { ContractSubject } from './contract/subject';
import { trainingContract } from './contract/training-contract';

export interface BackboneContractOptions {
  /** Backbone options that keep the suite quick; default none. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Registers the tests that every backbone passes, on the first of the tests' backends. Needs jest's globals. */
export function backboneContract(
  definition: BackboneDefinition,
  { options = {} }: BackboneContractOptions = {},
): void {
  describe(`backbone contract of ${definition.name}`, () => {
    const subject = new ContractSubject(definition, options);

    beforeAll(() => useBackend(TEST_BACKEND));
    beforeEach(() => subject.start());
    afterEach(() => subject.stop());

    trainingContract(subject);
    forwardContract(subject);
    inferenceContract(subject);
    lifecycleContract(subject);
    normalisationContract(subject);
  });
}
