/** Three decimals, one from 100 on; a dash for what does not exist. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return Math.abs(value) < 100 ? value.toFixed(3) : formatCount(Math.round(value * 10) / 10);
}

export function formatCount(value: number): string {
  return value.toLocaleString('en');
}

/** A share with as many decimals as its size asks for. */
export function formatShare(share: number): string {
  const percent = 100 * share;
  if (percent === 0) return '0%';
  return `${percent >= 10 ? percent.toFixed(0) : percent.toFixed(percent >= 1 ? 1 : 2)}%`;
}

export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

export function formatBytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
