import { quantiles } from '../step-clock';
import { formatMilliseconds } from '../tables';

/** One process that trained a backbone. */
export interface Run {
  /** Median of a step. */
  readonly milliseconds: number;
  /** The same of processor time, all threads together, which counts none of the waiting. */
  readonly processorMilliseconds: number;
  /** Bytes. */
  readonly peakMemory: number;
  /** Bytes of them that are taken before there is any data, where that is known. */
  readonly importMemory?: number;
  /** What ran. */
  readonly versions: string;
}

/** Runs of one backbone with one number of threads, by who ran; the runs of a position belong together. */
export interface Comparison {
  readonly model: string;
  readonly threads: number;
  readonly runs: Readonly<Record<string, readonly Run[]>>;
}

/** Who is compared with whom, by their names in the comparisons. */
export interface Sides {
  /** The rivals. */
  readonly formulations: readonly string[];
  /** Each is set against every rival. */
  readonly backends: readonly string[];
}

const MEBIBYTE = 2 ** 20;

/**
 * Times and memory as two tables in Markdown. Times and ratios are medians over the runs, with the lowest and highest;
 * a ratio is a rival's time over xtm's in the run beside it, so that 4 is four times as fast.
 */
export function formatComparisons(comparisons: readonly Comparison[], sides: Sides): string {
  return `${timeTable(comparisons, sides)}\n\n${memoryTable(comparisons, sides)}`;
}

function timeTable(comparisons: readonly Comparison[], sides: Sides): string {
  const pairs = pairsOf(sides);
  return markdownTable(
    [
      'backbone',
      'threads',
      ...everyone(sides).map((name) => `${titleOf(name, sides)}, ms`),
      ...pairs.map(([rival, own]) => `${rival} / ${own}`),
    ],
    comparisons.map(({ model, threads, runs }) => [
      model,
      String(threads),
      ...everyone(sides).map((name) =>
        formatSpread(runs[name]!.map(({ milliseconds }) => milliseconds), formatMilliseconds),
      ),
      ...pairs.map(([rival, own]) =>
        formatSpread(ratios(runs[rival]!, runs[own]!, ({ milliseconds }) => milliseconds), formatRatio),
      ),
    ]),
  );
}

function memoryTable(comparisons: readonly Comparison[], sides: Sides): string {
  const pairs = pairsOf(sides);
  const mebibytes = (bytes: number): string => (bytes / MEBIBYTE).toFixed(0);
  return markdownTable(
    [
      'backbone',
      'threads',
      ...everyone(sides).map((name) => `${titleOf(name, sides)}, peak MiB`),
      ...pairs.map(([rival, own]) => `${own} / ${rival}`),
    ],
    comparisons.map(({ model, threads, runs }) => [
      model,
      String(threads),
      ...everyone(sides).map((name) => {
        const imported = runs[name]!.flatMap(({ importMemory }) => importMemory ?? []);
        const own = mebibytes(median(runs[name]!.map(({ peakMemory }) => peakMemory)));
        return imported.length === 0 ? own : `${own} (${mebibytes(median(imported))} by import)`;
      }),
      ...pairs.map(([rival, own]) =>
        formatRatio(median(ratios(runs[own]!, runs[rival]!, ({ peakMemory }) => peakMemory))),
      ),
    ]),
  );
}

function everyone({ formulations, backends }: Sides): string[] {
  return [...formulations, ...backends];
}

function pairsOf({ formulations, backends }: Sides): [rival: string, own: string][] {
  return backends.flatMap((own) => formulations.map((rival): [string, string] => [rival, own]));
}

function titleOf(name: string, { formulations }: Sides): string {
  return formulations.includes(name) ? `PyTorch, ${name}` : `xtm, ${name}`;
}

function ratios(numerators: readonly Run[], denominators: readonly Run[], figure: (run: Run) => number): number[] {
  return numerators.map((run, position) => figure(run) / figure(denominators[position]!));
}

/** `25.6 (24.1–27.0)`, or the figure alone where there is only one. */
function formatSpread(figures: readonly number[], format: (figure: number) => string): string {
  if (figures.length === 1) return format(figures[0]!);
  return `${format(median(figures))} (${format(Math.min(...figures))}–${format(Math.max(...figures))})`;
}

function formatRatio(ratio: number): string {
  return ratio >= 10 ? ratio.toFixed(1) : ratio.toFixed(2);
}

function median(figures: readonly number[]): number {
  return quantiles(figures).median;
}

function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(titles), `|${titles.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
