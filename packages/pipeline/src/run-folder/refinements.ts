import type { Topic } from '@xtm/contracts';
import type { RoundReport, VotedTopic } from '@xtm/refiner';
import { z } from 'zod';
import type { EventLog, RefinementEvent } from './events';
import { RecordFile, type EntrySchemas } from './record-file';

/** One line of `refinements.jsonl`: a round of a refinement as it came. Why a round ended early is not read back. */
export interface RoundRecord extends RoundReport {
  readonly type: 'round';
  /** The epoch at whose beginning topics were refined. */
  readonly epoch: number;
}

/** `refinements.jsonl` of a run. */
export type RoundLog = RecordFile<RoundRecord>;

const usage = z.object({ inputTokens: z.number(), outputTokens: z.number() });

const SCHEMAS: EntrySchemas<RoundRecord> = {
  round: z.object({
    type: z.literal('round'),
    epoch: z.int(),
    round: z.int(),
    topics: z.array(
      z.object({
        index: z.number(),
        words: z.array(z.array(z.string())),
        theme: z.string().optional(),
        dropped: z.number().optional(),
      }),
    ),
    usage,
    replies: z
      .array(
        z.object({
          topics: z.array(z.number()),
          attempt: z.number(),
          text: z.string(),
          usage,
          cached: z.boolean(),
        }),
      )
      .optional(),
    problems: z.array(z.string()).optional(),
  }),
};

/** The record of a folder's rounds. */
export function roundLog(folder: string): RoundLog {
  return new RecordFile(folder, 'refinements.jsonl', SCHEMAS);
}

/**
 * Every round of every refinement of a run as it came, in time; none without phase 2.
 *
 * @throws DataFormatError for a damaged line, RunFolderError for a folder of a newer format
 */
export function readRefinementRounds(folder: string): RoundRecord[] {
  return roundLog(folder).read();
}

/**
 * Keeps a round as it came. A resumed refinement goes through its rounds again, on replies that were kept: those are
 * in the record already, with what they cost.
 */
export function recordRound(
  { refinements }: { readonly refinements: RoundLog },
  epoch: number,
  report: RoundReport,
): void {
  const isRepeated = refinements.read().some((known) => known.epoch === epoch && known.round === report.round);
  const costNothing = (report.replies ?? []).every(({ cached }) => cached);
  if (!isRepeated || !costNothing) refinements.append({ type: 'round', epoch, ...report });
}

/**
 * Keeps what a refinement brought, before it is used: a resumed run asks nothing twice.
 *
 * @param before the topics that were refined, kept beside for people who ask what changed
 */
export function recordRefinement(
  { events }: { readonly events: EventLog },
  epoch: number,
  topics: readonly VotedTopic[],
  before: readonly Topic[],
): void {
  events.append({
    type: 'refinement',
    epoch,
    topics,
    before: before.map(({ words }) => words),
    time: new Date().toISOString(),
  });
}

/** The newest refinement recorded for an epoch from `from` to `to`, if there is one. */
export function readRefinement(
  { events }: { readonly events: EventLog },
  to: number,
  from = 0,
): readonly VotedTopic[] | undefined {
  const found = events
    .read()
    .filter(
      (event): event is RefinementEvent => event.type === 'refinement' && event.epoch >= from && event.epoch <= to,
    );
  return found.at(-1)?.topics;
}
