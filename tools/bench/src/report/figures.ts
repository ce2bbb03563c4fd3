/** Three digits, as many as the spread of timings leaves meaning to; blank where there is no figure. */
export function formatMilliseconds(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '';
  return milliseconds >= 100 ? milliseconds.toFixed(0) : milliseconds.toPrecision(3);
}

/** Blank where there is nothing to divide by. */
export function formatRatio(numerator: number, denominator: number | undefined): string {
  return denominator === undefined ? '' : (numerator / denominator).toFixed(2);
}
