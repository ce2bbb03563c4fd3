import { XtmError } from '@xtm/contracts';
import { type Command, InvalidArgumentError } from 'commander';

/** Reads a flag that is a whole number. */
export function integerFrom(lowest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < lowest)
      throw new InvalidArgumentError(`Must be a whole number from ${lowest} on.`);
    return value;
  };
}

/** Reads a flag that is a list of whole numbers. */
export function integersFrom(lowest: number): (text: string) => number[] {
  return (text) => text.split(',').map(integerFrom(lowest));
}

/** Reads a flag that is a JSON object. */
export function jsonObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below, as for JSON that is no object.
  }
  throw new InvalidArgumentError('Must be a JSON object such as {"width":300}.');
}

/** Runs a program for its command line; what goes wrong is told in a line or two and makes the exit code 1. */
export async function runCommand(command: Command): Promise<void> {
  try {
    await command.showHelpAfterError('(add --help for what there is)').parseAsync();
  } catch (error) {
    if (!(error instanceof XtmError)) throw error;
    console.error(`error: ${error.message}${error.advice === undefined ? '' : `\n  try: ${error.advice}`}`);
    process.exitCode = 1;
  }
}
