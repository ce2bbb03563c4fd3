/** The first line of an error's message: native packages append stacks and advice for other set-ups. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n', 1)[0]!.trim();
}
