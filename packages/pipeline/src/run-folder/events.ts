import type { Topic } from '@xtm/contracts';
import type { VotedTopic } from '@xtm/refiner';
import { z } from 'zod';
import type { EpochFigures } from '../training/epoch-figures';
import { RecordFile, type EntrySchemas } from './record-file';

/** A run was begun, or resumed. */
export interface StartedEvent {
  readonly type: 'started';
  /** When, in ISO 8601; runs of the first version do not say. */
  readonly time?: string;
}

/** All results of a run are written. */
export interface FinishedEvent {
  readonly type: 'finished';
  readonly time: string;
}

/** An epoch ended. */
export interface EpochEvent extends EpochFigures {
  readonly type: 'epoch';
  /** `training` in phase 1, `refining` in phase 2. */
  readonly stage: string;
}

/** Topics were refined at the beginning of an epoch. */
export interface RefinementEvent {
  readonly type: 'refinement';
  readonly epoch: number;
  /** What the rounds agreed on, one entry per topic. */
  readonly topics: readonly VotedTopic[];
  /** The words that were refined [topics][languages]; runs of earlier versions do not say. */
  readonly before?: readonly Topic['words'][];
  readonly time?: string;
}

/** Something that a run got over, a damaged checkpoint for example. */
export interface WarningEvent {
  readonly type: 'warning';
  readonly warning: string;
  readonly time: string;
}

/** A person changed the model itself; documents' topics are those from before. */
export interface EditedEvent {
  readonly type: 'edited';
  readonly time: string;
  /** Anchor words after the change [topics][languages]. */
  readonly anchors?: readonly Topic['words'][];
}

/**
 * What people made of a run's topics, kept as `topicEdits.json` in its folder. The trained model stays as it is.
 * Topics go by the trained model's numbers, from 0.
 */
export interface TopicEdits {
  /** Names by the topics' numbers. */
  readonly names: Readonly<Record<string, string>>;
  /** Topics that count as one, each group under its lowest number. */
  readonly merged: readonly (readonly number[])[];
  /** Topics that are left out. */
  readonly hidden: readonly number[];
}

/** A person named, merged or hid topics. */
export interface TopicsEditedEvent extends TopicEdits {
  readonly type: 'topicsEdited';
  readonly time: string;
}

/** One line of `events.jsonl`; `type` says which. */
export type RunEvent =
  StartedEvent | FinishedEvent | EpochEvent | RefinementEvent | WarningEvent | EditedEvent | TopicsEditedEvent;

/** `events.jsonl` of a run. */
export type EventLog = RecordFile<RunEvent>;

/** JSON has no NaN and no infinity, and holds null in their place. */
const figure = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);

/** [topics][languages][words]. */
const topicWords = z.array(z.array(z.array(z.string())));

const votedTopic = z.object({
  index: z.number(),
  refined: z.boolean(),
  words: z.array(z.array(z.string())),
  counts: z.array(z.array(z.number())),
  rounds: z.number(),
  agreement: z.number(),
  discarded: z.array(z.object({ languageIndex: z.number(), word: z.string(), mentions: z.number() })),
  dropped: z.number(),
  theme: z.string().optional(),
});

const SCHEMAS: EntrySchemas<RunEvent> = {
  started: z.object({ type: z.literal('started'), time: z.string().optional() }),
  finished: z.object({ type: z.literal('finished'), time: z.string() }),
  epoch: z.object({
    type: z.literal('epoch'),
    stage: z.string(),
    epoch: z.int(),
    learningRate: figure,
    losses: z.record(z.string(), figure),
    gradientNorm: figure,
    seconds: figure,
    documentsPerSecond: figure,
    numTensors: figure,
    peakMemory: figure,
  }),
  refinement: z.object({
    type: z.literal('refinement'),
    epoch: z.int(),
    topics: z.array(votedTopic),
    before: topicWords.optional(),
    time: z.string().optional(),
  }),
  warning: z.object({ type: z.literal('warning'), warning: z.string(), time: z.string() }),
  edited: z.object({ type: z.literal('edited'), time: z.string(), anchors: topicWords.optional() }),
  topicsEdited: z.object({
    type: z.literal('topicsEdited'),
    time: z.string(),
    names: z.record(z.string(), z.string()),
    merged: z.array(z.array(z.number())),
    hidden: z.array(z.number()),
  }),
};

/** The record of what happened in a folder. */
export function eventLog(folder: string): EventLog {
  return new RecordFile(folder, 'events.jsonl', SCHEMAS);
}

/**
 * What happened in a run, in time; nothing before it began. Events of a type that this version does not know are
 * passed over.
 *
 * @throws DataFormatError for a damaged line, RunFolderError for a folder of a newer format
 */
export function readRunEvents(folder: string): RunEvent[] {
  return eventLog(folder).read();
}
