/** Every pair of languages once, as their positions, the smaller first. */
export function languagePairs(languages: number): (readonly [number, number])[] {
  return Array.from({ length: languages }, (_, first) => first).flatMap((first) =>
    Array.from({ length: languages - first - 1 }, (_, offset) => [first, first + 1 + offset] as const),
  );
}
