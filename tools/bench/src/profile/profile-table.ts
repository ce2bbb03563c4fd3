import { formatMilliseconds, formatTextTable } from '../tables';
import type { StageProfile } from './profile-stage';
import type { Entry, Phase } from './time-ledger';

/** Entries below this share of the step stand together in one line. */
const SMALLEST_SHARE = 0.002;

const PHASES: readonly Phase[] = ['assembly', 'forward', 'gradient', 'update'];

/** A line of the table. */
interface Line {
  readonly phase: string;
  readonly operation: string;
  /** Per step. */
  readonly calls: number;
  readonly milliseconds: number;
  /** Of the calls that take most of the time. */
  readonly shapes: string;
}

/**
 * A profile as text: what a step takes, its phases, then its operations, longest first. An operation has one line per
 * phase, or one per phase and shapes.
 */
export function formatProfile(profile: StageProfile, byShape: boolean): string {
  const { stage, backend, path, threads, steps, entries } = profile;
  const total = sumOf(entries);
  const by = threads === undefined ? 'one thread per processor' : `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  const title = `${stage} on ${backend} (${path}), ${by}: ${formatMilliseconds(total)} ms per step, mean of ${steps}`;
  const phases = PHASES.map((phase): Line => {
    const milliseconds = sumOf(entries.filter((entry) => entry.phase === phase));
    return { phase, operation: 'all', calls: 0, milliseconds, shapes: '' };
  });
  return [title, formatLines(phases, total), formatLines(linesOf(entries, byShape, total), total)].join('\n\n');
}

function formatLines(lines: readonly Line[], total: number): string {
  return formatTextTable([
    { title: 'phase', align: 'left', cell: ({ phase }) => phase },
    { title: 'operation', align: 'left', cell: ({ operation }) => operation },
    { title: 'calls', align: 'right', cell: ({ calls }) => (calls === 0 ? '' : formatCalls(calls)) },
    { title: 'ms', align: 'right', cell: ({ milliseconds }) => milliseconds.toFixed(3) },
    { title: '%', align: 'right', cell: ({ milliseconds }) => ((100 * milliseconds) / total).toFixed(1) },
    { title: 'shapes', align: 'left', cell: ({ shapes }) => shapes },
  ], lines);
}

function formatCalls(calls: number): string {
  return Number.isInteger(calls) ? String(calls) : calls.toFixed(1);
}

function linesOf(entries: readonly Entry[], byShape: boolean, total: number): Line[] {
  const lines: Line[] = byShape ? [...entries] : mergeShapes(entries);
  lines.sort((a, b) => b.milliseconds - a.milliseconds);
  const small = lines.filter(({ milliseconds }) => milliseconds < SMALLEST_SHARE * total);
  if (small.length === 0) return lines;
  const rest: Line = {
    phase: 'any',
    operation: `${small.length} others`,
    calls: small.reduce((sum, { calls }) => sum + calls, 0),
    milliseconds: sumOf(small),
    shapes: '',
  };
  return [...lines.slice(0, lines.length - small.length), rest];
}

/** One line per phase and operation. Entries come longest first, so that the first one's shapes are those to tell. */
function mergeShapes(entries: readonly Entry[]): Line[] {
  const lines = new Map<string, Line>();
  for (const entry of entries) {
    const key = `${entry.phase}|${entry.operation}`;
    const { calls, milliseconds, shapes } = lines.get(key) ?? { calls: 0, milliseconds: 0, shapes: entry.shapes };
    lines.set(key, {
      ...entry,
      calls: calls + entry.calls,
      milliseconds: milliseconds + entry.milliseconds,
      shapes,
    });
  }
  return [...lines.values()];
}

function sumOf(entries: readonly { readonly milliseconds: number }[]): number {
  return entries.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}
