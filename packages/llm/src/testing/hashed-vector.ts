const DIMENSIONS = 16;

/** A unit vector that depends on a text's letters only: texts that share many letters are near. */
export function hashedVector(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0);
  for (const character of text) vector[(character.codePointAt(0)! * 2_654_435_761) % DIMENSIONS]! += 1;
  const norm = Math.hypot(...vector) || 1;
  return vector.map((value) => value / norm);
}
