import { AbortedError, type BackboneDefinition, type BackboneResources } from '@xtm/contracts';
import { fit, type Refinement } from '@xtm/pipeline';
import type { StepClock } from '../measurement/step-clock';
import type { Workload } from '../workload/workload';

export interface TrainStepsOptions {
  readonly definition: BackboneDefinition;
  readonly resources: BackboneResources;
  readonly workload: Workload;
  /** Phase 2, whose steps are then timed, after one epoch of phase 1. */
  readonly refinement?: Refinement;
}

/** As the pipeline names the phases in its progress. */
const PHASE_STAGES = { one: 'training', two: 'refining' } as const;

/** Trains a backbone, with its default settings, by the very loop that `xtm run` trains with, until the clock has seen enough steps. */
export async function trainSteps({ definition, resources, workload, refinement }: TrainStepsOptions, clock: StepClock): Promise<void> {
  const { topics: numTopics, batchSize, seed } = workload;
  const timed = refinement === undefined ? PHASE_STAGES.one : PHASE_STAGES.two;
  const enough = new AbortController();
  await fit(resources, {
    model: { definition, options: definition.resolveOptions({}) },
    training: { numTopics, batchSize, seed, epochs: refinement === undefined ? Number.MAX_SAFE_INTEGER : 1 },
    ...(refinement && { refinement }),
    signal: enough.signal,
    onProgress: ({ stage }) => {
      if (stage === timed && !clock.tick()) enough.abort();
    },
  }).catch((error: unknown) => {
    if (!(error instanceof AbortedError)) throw error;
  });
}
