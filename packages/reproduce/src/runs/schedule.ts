/** Epochs of phase 1 as published, and as many as a quick look takes. */
export interface Schedule {
  readonly published: number;
  readonly quick: number;
}

const SCHEDULES: Readonly<Partial<Record<string, Schedule>>> = {
  nmtm: { published: 230, quick: 10 },
  infoctm: { published: 530, quick: 2 },
  xtra: { published: 800, quick: 5 },
  gloctm: { published: 150, quick: 5 },
};

/** Epochs of phase 2: the published number, and that of a quick look. */
export const PHASE_TWO: Schedule = { published: 30, quick: 2 };

/** Undefined for a baseline, which has no epochs. */
export function scheduleOf(model: string): Schedule | undefined {
  return SCHEDULES[model];
}

/** Seeds that GloCTM's authors name; other models count from 0. */
const GLOCTM_SEEDS = [0, 48, 36, 23, 80];

export function seedsOf(model: string, count: number): number[] {
  const named = model === 'gloctm' ? GLOCTM_SEEDS : [];
  return Array.from({ length: count }, (_, index) => named[index] ?? index);
}
