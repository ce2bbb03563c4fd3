import type { FilledLine, FilledSection, FilledTable } from '../results/filled-table';

/** Differences up to this are taken for agreement. */
const CLOSE = 0.03;

/** How far our means are from the public code's single runs at most, in one sentence. */
export function agreementWithPublicCode({ sections }: FilledTable): string {
  const gaps = sections.flatMap(gapsOf);
  const largest = gaps.reduce<Gap | undefined>((most, gap) => (most === undefined || Math.abs(gap.value) > Math.abs(most.value) ? gap : most), undefined);
  if (largest === undefined) return 'None of our runs can be compared with it yet.';
  const close = gaps.filter(({ value }) => Math.abs(value) <= CLOSE).length;
  return `Of ${gaps.length} figures our means are within ${CLOSE} of its run in ${close}; the largest difference is ${largest.value.toFixed(3).replace('-', '−')}, ${largest.of}.`;
}

interface Gap {
  readonly value: number;
  readonly of: string;
}

function gapsOf({ title, columns, lines }: FilledSection): Gap[] {
  const theirs = lines.filter(({ kind }) => kind === 'publicCode');
  return theirs.flatMap((line, variant) => {
    const ours = lines.filter(({ kind, method }) => kind === 'ours' && method === line.method)[variant];
    return line.cells.flatMap(({ value }, index): Gap[] => {
      const own = ours?.cells[index]?.value;
      return own === undefined || value === undefined ? [] : [{ value: own - value, of: `${columns[index]!}${variantOf(line)} on ${title}` }];
    });
  });
}

function variantOf({ note }: FilledLine): string {
  return note.includes('SVM') ? ` (${note.split(';')[0]!})` : '';
}
