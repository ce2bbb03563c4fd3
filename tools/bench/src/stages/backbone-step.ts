import type { BackboneDefinition, Corpus } from '@xtm/contracts';
import { loadResources } from '../workload/load-resources';
import type { Stage } from './stage';
import { trainSteps } from './train-steps';

/** Training steps of a backbone in phase 1. */
export function backboneStage(definition: BackboneDefinition): Stage {
  return {
    name: definition.name,
    step: 'training step: batch assembly, forward, backward, clipping, Adam, loss read back',
    async run(workload, clock) {
      const resources = await loadResources(workload, definition.needs);
      await trainSteps({ definition, resources, workload }, clock);
      return { nonzeros: countNonzeros(resources.corpus) };
    },
  };
}

function countNonzeros({ languages }: Corpus): number {
  return languages.reduce((sum, { train }) => sum + train.rows.indices.length, 0);
}
