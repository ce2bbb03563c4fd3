import { InvalidOptionError } from '@xtm/contracts';
import type { TopicChanges } from '@xtm/pipeline';

/** Changes of topics as they are typed. */
export interface TopicChangeFlags {
  readonly rename?: readonly string[];
  readonly merge?: readonly string[];
  readonly unmerge?: readonly string[];
  readonly hide?: readonly string[];
  readonly show?: readonly string[];
  readonly reset?: boolean;
}

/** The changes that the flags ask for; undefined for none. Throws `InvalidOptionError` for what is no topic's number. */
export function topicChanges({ rename, merge, unmerge, hide, show, reset }: TopicChangeFlags): TopicChanges | undefined {
  if ([rename, merge, unmerge, hide, show, reset].every((flag) => flag === undefined)) return undefined;
  return {
    reset,
    rename: rename?.map(parseName),
    merge: merge?.map((text) => parseTopics('merge', text)),
    unmerge: unmerge?.flatMap((text) => parseTopics('unmerge', text)),
    hide: hide?.flatMap((text) => parseTopics('hide', text)),
    show: show?.flatMap((text) => parseTopics('show', text)),
  };
}

function parseName(text: string): [topic: number, name: string] {
  const at = text.indexOf('=');
  if (at < 0) throw new InvalidOptionError('rename', text, `"${text}" is not of the form topic=name`);
  return [parseTopic('rename', text.slice(0, at)), text.slice(at + 1)];
}

function parseTopics(option: string, text: string): number[] {
  return text.split(',').map((part) => parseTopic(option, part));
}

/** A topic's number as it is typed. */
export function parseTopic(option: string, text: string): number {
  const topic = Number(text.trim() || Number.NaN);
  if (!Number.isInteger(topic)) throw new InvalidOptionError(option, text, `"${text}" is not the number of a topic`);
  return topic;
}
