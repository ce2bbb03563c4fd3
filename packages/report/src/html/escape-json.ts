const UNSAFE = /[<>&\u2028\u2029]/g;

/** JSON that cannot end the script element that holds it, nor begin a comment or another element in it. */
export function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
