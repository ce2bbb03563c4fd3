import type { Topic } from '@xtm/contracts';
import type { VotedTopic } from '@xtm/refiner';
import type { RunFolder } from '../run-folder/run-folder';

/**
 * Keeps what a refinement brought, before it is used: a resumed run asks nothing twice.
 *
 * @param before the topics that were refined, kept beside for people who ask what changed
 */
export function recordRefinement(folder: RunFolder, epoch: number, topics: readonly VotedTopic[], before: readonly Topic[]): void {
  folder.events.append({ type: 'refinement', epoch, topics, before: before.map(({ words }) => words), time: new Date().toISOString() });
}

/** The newest refinement recorded for an epoch from `from` to `to`, if there is one. */
export function readRefinement(folder: RunFolder, to: number, from = 0): readonly VotedTopic[] | undefined {
  const found = folder.events.read().filter(({ type, epoch }) => type === 'refinement' && Number(epoch) >= from && Number(epoch) <= to);
  return found.at(-1)?.['topics'] as readonly VotedTopic[] | undefined;
}
