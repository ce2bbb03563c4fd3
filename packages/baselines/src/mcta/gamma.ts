import type { RandomGenerator } from '@xtm/contracts';

/** A draw from Gamma(shape, scale) for shapes of at least 1 (Marsaglia & Tsang 2000). */
export function gamma(shape: number, scale: number, generator: RandomGenerator): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = generator.normal();
    const base = 1 + c * normal;
    if (base <= 0) continue;
    const cube = base * base * base;
    if (Math.log(1 - generator.uniform()) < 0.5 * normal * normal + d - d * cube + d * Math.log(cube)) return d * cube * scale;
  }
}
