/** Where the middle of some figures is, and where all but the lowest and highest tenth are. */
export interface Quantiles {
  readonly median: number;
  /** A tenth is below. */
  readonly low: number;
  /** A tenth is above. */
  readonly high: number;
}

/** Quantiles of at least one figure, linear between neighbours. */
export function quantiles(figures: readonly number[]): Quantiles {
  const ascending = Float64Array.from(figures).sort();
  const at = (share: number): number => {
    const place = share * (ascending.length - 1);
    const [below, above] = [ascending[Math.floor(place)]!, ascending[Math.ceil(place)]!];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { median: at(0.5), low: at(0.1), high: at(0.9) };
}
