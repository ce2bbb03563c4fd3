import type { Topic } from '@xtm/contracts';
import type { RoundReport, VotedTopic } from '@xtm/refiner';
import type { RunFolder } from '../run-folder/run-folder';

/**
 * Keeps what a refinement brought, before it is used: a resumed run asks nothing twice.
 *
 * @param before the topics that were refined, kept beside for people who ask what changed
 */
export function recordRefinement(folder: RunFolder, epoch: number, topics: readonly VotedTopic[], before: readonly Topic[]): void {
  folder.events.append({ type: 'refinement', epoch, topics, before: before.map(({ words }) => words), time: new Date().toISOString() });
}

/**
 * Keeps a round as it came. A resumed refinement goes through its rounds again, on replies that were kept: those are in
 * the record already, with what they cost.
 */
export function recordRound({ refinements }: RunFolder, epoch: number, report: RoundReport): void {
  const isRepeated = refinements.read().some((event) => event['epoch'] === epoch && event['round'] === report.round);
  const costNothing = (report.replies ?? []).every(({ cached }) => cached);
  if (!isRepeated || !costNothing) refinements.append({ type: 'round', epoch, ...report });
}

/** The newest refinement recorded for an epoch from `from` to `to`, if there is one. */
export function readRefinement(folder: RunFolder, to: number, from = 0): readonly VotedTopic[] | undefined {
  const found = folder.events.read().filter(({ type, epoch }) => type === 'refinement' && Number(epoch) >= from && Number(epoch) <= to);
  return found.at(-1)?.['topics'] as readonly VotedTopic[] | undefined;
}
