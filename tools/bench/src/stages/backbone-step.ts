import { AbortedError, type BackboneDefinition, type Corpus } from '@xtm/contracts';
import { fit } from '@xtm/pipeline';
import { loadResources } from '../workload/load-resources';
import type { Stage } from './stage';

/** Training steps of a backbone with its default settings, by the very loop that `xtm run` trains with. */
export function backboneStage(definition: BackboneDefinition): Stage {
  return {
    name: definition.name,
    step: 'training step: batch assembly, forward, backward, clipping, Adam, loss read back',
    async run(workload, clock) {
      const resources = await loadResources(workload, ['dictionary', ...definition.needs]);
      const enough = new AbortController();
      const { topics: numTopics, batchSize, seed } = workload;
      await fit(resources, {
        backbone: definition,
        training: { numTopics, batchSize, seed, epochs: Number.MAX_SAFE_INTEGER },
        signal: enough.signal,
        onProgress: () => void (clock.tick() || enough.abort()),
      }).catch((error: unknown) => {
        if (!(error instanceof AbortedError)) throw error;
      });
      return { nonzeros: countNonzeros(resources.corpus) };
    },
  };
}

function countNonzeros({ languages }: Corpus): number {
  return languages.reduce((sum, { train }) => sum + train.rows.indices.length, 0);
}
