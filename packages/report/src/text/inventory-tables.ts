import type { Corpus } from '@xtm/contracts';
import type { InstallationFinding } from '@xtm/pipeline';
import { formatTable, right, type TextStyle } from './table';

/** What is installed, a line per component, with how to add what is missing. */
export function formatInstallation(
  version: string,
  findings: readonly InstallationFinding[],
  style?: TextStyle,
): string {
  const rows = findings.map(({ name, present, detail, advice }) => [
    name,
    present ? 'yes' : 'no',
    advice === undefined ? detail : `${detail}; to add it: ${advice}`,
  ]);
  const columns = [{ title: 'what' }, { title: 'there' }, { title: 'detail' }];
  return `xtm ${version}\n\n${formatTable(columns, rows, style)}`;
}

/** An encoder that is known by name, and what is here of it. */
export interface HeldEncoder {
  readonly name: string;
  readonly graphs: Readonly<Partial<Record<'float32' | 'int8', { readonly downloadBytes: number }>>>;
  readonly dimensions: number;
  readonly maxTokens: number;
  readonly licence: string;
  readonly here: readonly { readonly precisions: readonly string[] }[];
}

/** One line per encoder. */
export function formatEncoders(encoders: readonly HeldEncoder[], style?: TextStyle): string {
  const figures = ['MB', 'int8, MB', 'dimensions', 'tokens'].map(right);
  const megabytes = (bytes: number | undefined): string => (bytes === undefined ? '' : (bytes / 1e6).toFixed(0));
  const rows = encoders.map(({ name, graphs, dimensions, maxTokens, licence, here }) => [
    name,
    megabytes(graphs.float32?.downloadBytes),
    megabytes(graphs.int8?.downloadBytes),
    String(dimensions),
    String(maxTokens),
    licence,
    [...new Set(here.flatMap(({ precisions }) => precisions))].join(', ') || 'no',
  ]);
  const columns = [{ title: 'model' }, ...figures, { title: 'licence' }, { title: 'here' }];
  return formatTable(columns, rows, style);
}

/** Topics by their anchor words, a line per topic and a column per language. */
export interface AnchoredTopics {
  readonly languages: readonly Pick<Corpus['languages'][number]['language'], 'code'>[];
  /** [topics][languages]. */
  readonly anchors: readonly (readonly (readonly string[])[])[];
}

export function formatAnchors({ anchors, languages }: AnchoredTopics, style?: TextStyle): string {
  const columns = [right('topic'), ...languages.map(({ code }) => ({ title: `anchor, ${code}` }))];
  const rows = anchors.map((anchor, topic) => [String(topic), ...anchor.map((words) => words.join(' '))]);
  return formatTable(columns, rows, style);
}
