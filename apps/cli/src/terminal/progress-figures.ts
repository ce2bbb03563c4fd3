import type { Progress } from '@xtm/contracts';

/** Minutes and seconds, hours before them where there are any. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  const clock = `${minutes % 60}`.padStart(minutes >= 60 ? 2 : 1, '0') + `:${String(seconds % 60).padStart(2, '0')}`;
  return minutes >= 60 ? `${Math.floor(minutes / 60)}:${clock}` : clock;
}

export function formatFigures(figures: Progress['figures']): string {
  return Object.entries(figures ?? {})
    .map(([name, value]) => `${name} ${Number.isInteger(value) ? value : Number(value.toPrecision(5))}`)
    .join('  ');
}

/** Steps a second, or seconds a step where they are slow; nothing where the figures say it already. */
export function formatRate({ figures = {} }: Progress, done: number, elapsed: number): string {
  if (done <= 0 || elapsed <= 0 || Object.keys(figures).some((name) => name.endsWith('/s'))) return '';
  const rate = (done / elapsed) * 1000;
  return rate >= 1 ? `${rate >= 10 ? Math.round(rate) : rate.toFixed(1)}/s` : `${(1 / rate).toPrecision(2)} s each`;
}
