import { setImmediate } from 'node:timers/promises';

/** Lets timers and signals be served between two pieces of synchronous work. */
export function nextTurn(): Promise<void> {
  return setImmediate();
}
