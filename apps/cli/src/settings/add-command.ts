import { Option, type Command } from 'commander';
import { collectPair, parseNumber } from './parse-value';

/** What a flag is for; with its choices where they are few, or with what reads its value. */
export type FlagText =
  | string
  | readonly [text: string, choices: readonly string[]]
  | readonly [text: string, read: (value: string, before?: never) => unknown];

/** A command as help shows it. */
export interface CommandText {
  readonly description: string;
  readonly args?: readonly (readonly [written: string, text: string])[];
  readonly flags?: Readonly<Record<string, FlagText>>;
  /** What stands below the flags: examples, and what else there is to know. */
  readonly more?: string;
}

/** Adds a command below another, or below the program. */
export function addCommand(
  parent: Command,
  name: string,
  { description, args = [], flags = {}, more = '' }: CommandText,
): Command {
  const command = parent.command(name).description(description);
  for (const [written, text] of args) command.argument(written, text);
  return addOptions(command, flags).addHelpText('after', more);
}

/**
 * Adds flags that are no settings, by how they are written: `base-url <url>`. A `<number>` or `<share>` is read as a
 * number, `<name=value>` may be given several times and is read as pairs; everything else is text.
 */
export function addOptions(command: Command, flags: Readonly<Record<string, FlagText>>): Command {
  for (const [written, described] of Object.entries(flags)) {
    const [text, rule] = typeof described === 'string' ? [described, readerOf(written)] : described;
    const option = new Option(`--${written}`, text);
    if (typeof rule === 'function') option.argParser(rule as (value: string) => unknown);
    else if (rule !== undefined) option.choices(rule);
    command.addOption(option);
  }
  return command;
}

function readerOf(written: string): ((value: string, before?: never) => unknown) | undefined {
  const name = new Option(`--${written}`).attributeName();
  if (/ <(number|share)>$/.test(written)) return parseNumber(name);
  return written.endsWith(' <name=value>') ? collectPair(name) : undefined;
}
