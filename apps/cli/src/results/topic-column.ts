import type { ShownTopic } from '@xtm/pipeline';

/** What tables of documents call a topic's column: its number, and its name where it has one. */
export function topicColumn({ index, name }: ShownTopic): string {
  return name === undefined ? `topic_${index}` : `topic_${index} ${name}`;
}

/** A share as text files hold it: six digits are more than a model is sure of. */
export function roundShare(share: number): number {
  return Number(share.toPrecision(6));
}

/** What a metadata column is called beside columns of these names. */
export function metadataColumn(name: string, taken: readonly string[]): string {
  return taken.includes(name) || name.startsWith('topic_') ? `metadata_${name}` : name;
}
