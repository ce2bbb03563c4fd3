import { existsSync, readFileSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RandomGenerator } from '@xtm/contracts';
import type { WitnessServer } from './witness-server';

/** What a run is watched by. */
export interface Surroundings {
  readonly dataset: string;
  readonly run: string;
  readonly server: WitnessServer;
  /** Milliseconds of the undisturbed run, preparing included. */
  readonly duration: number;
}

/** When to kill: resolves at the moment. */
export interface Moment {
  readonly stage: string;
  readonly reached: (surroundings: Surroundings) => Promise<void>;
}

const POLL = 2;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(POLL);
}

function epochsDone(run: string): number {
  const events = join(run, 'events.jsonl');
  return existsSync(events) ? readFileSync(events, 'utf8').split('"type":"epoch"').length - 1 : 0;
}

/** Resolves as soon as the n-th checkpoint is being written aside. */
async function checkpointBegun(run: string, count: number): Promise<void> {
  const folder = join(run, 'checkpoints');
  await until(() => existsSync(folder));
  let seen = readdirSync(folder).filter((name) => name.endsWith('.tmp')).length;
  const watcher = watch(folder);
  try {
    await new Promise<void>((done) => {
      if (seen >= count) done();
      watcher.on('change', (_, name) => {
        if (/safetensors\.[0-9a-f]+\.tmp$/.test(String(name)) && (seen += 1) >= count) done();
      });
      // The run may be past its last checkpoint before the watch began.
      void until(() => existsSync(join(run, 'topics.json'))).then(done);
    });
  } finally {
    watcher.close();
  }
}

/** The stages of a run, and how a moment within each is drawn. */
const STAGES: Readonly<Record<string, (generator: RandomGenerator) => Moment['reached']>> = {
  anywhere: (generator) => {
    const share = generator.uniform();
    return ({ duration }) => sleep(share * duration);
  },
  preparing: (generator) => {
    const delay = 10 * generator.uniform();
    return async ({ dataset }) => {
      await until(() => existsSync(join(dataset, '..', '.data-new')) || existsSync(dataset));
      await sleep(delay);
    };
  },
  embedding: (generator) => {
    const [batches, delay] = [1 + generator.integer(12), 15 * generator.uniform()];
    return async ({ server }) => {
      const before = server.embedded.length;
      await until(() => server.embedded.length >= before + batches);
      await sleep(delay);
    };
  },
  training: (generator) => {
    const [epochs, delay] = [generator.integer(11), 40 * generator.uniform()];
    return async ({ run }) => {
      await until(() => existsSync(join(run, 'config.json')) && epochsDone(run) >= epochs);
      await sleep(delay);
    };
  },
  checkpoint: (generator) => {
    const [count, delay] = [1 + generator.integer(10), 2 * generator.uniform()];
    return async ({ run }) => {
      await checkpointBegun(run, count);
      await sleep(delay);
    };
  },
  rounds: (generator) => {
    const [calls, delay] = [1 + generator.integer(6), 60 * generator.uniform()];
    return async ({ server }) => {
      const before = server.chats;
      await until(() => server.chats >= before + calls);
      await sleep(delay);
    };
  },
  results: (generator) => {
    const delay = 60 * generator.uniform();
    return async ({ run }) => {
      await until(() => existsSync(join(run, 'model.safetensors')));
      await sleep(delay);
    };
  },
};

/** So many moments, the stages taken in turn; the same for the same generator. */
export function drawMoments(count: number, generator: RandomGenerator): Moment[] {
  const names = Object.keys(STAGES);
  return Array.from({ length: count }, (_, index) => {
    const stage = names[(index + 1) % names.length]!;
    return { stage, reached: STAGES[stage]!(generator.fork(`moment ${index}`)) };
  });
}
