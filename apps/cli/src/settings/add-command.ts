import { Argument, Option, type Command } from 'commander';
import type { FlagsOf, FlagTable, ArgumentsOf, FlagText } from './command-types';
import { collectPair, parseNumber } from './parse-value';
import { addFieldFlags, addSettingFlags, type FieldTable, type SettingFlags } from './setting-flags';

/** A command as help shows it; the values of its flags and arguments follow from how these are written. */
export interface CommandText {
  readonly description: string;
  /** `<run>`, `[file]` or `<runs...>`; with a value by default, or the values that there are. */
  readonly args?: readonly (readonly [written: string, text?: string, rule?: string | readonly string[]])[];
  /** Flags that must be given. */
  readonly required?: FlagTable;
  readonly flags?: FlagTable;
  /** Options that a library's schema describes. */
  readonly fields?: FieldTable;
  /** Flags of settings, which the action finds among the others. */
  readonly settings?: SettingFlags;
  /** Flags that help lists last. */
  readonly ending?: FlagTable;
  /** What stands below the flags: examples, and what else there is to know. */
  readonly more?: string;
}

/** A command that was added. */
export interface AddedCommand<Text> {
  readonly command: Command;
  /** Sets what it does with what the flags say and the arguments, in their order. */
  action(perform: (flags: FlagsOf<Text>, ...args: ArgumentsOf<Text>) => void | Promise<void>): void;
}

/** Adds a command below another, or below the program. */
export function addCommand<const Text extends CommandText>(
  parent: Command,
  name: string,
  text: Text,
): AddedCommand<Text> {
  const { description, args = [], required = {}, flags = {}, fields = {}, settings, ending = {}, more = '' } = text;
  const command = parent.command(name).description(description);
  for (const argument of args) command.addArgument(argumentOf(...argument));
  for (const option of optionsOf(required)) command.addOption(option.makeOptionMandatory());
  for (const option of optionsOf(flags)) command.addOption(option);
  addFieldFlags(command, fields);
  if (settings !== undefined) addSettingFlags(command, settings);
  for (const option of optionsOf(ending)) command.addOption(option);
  command.addHelpText('after', more);
  return {
    command,
    action: (perform) =>
      void command.action((...given: readonly unknown[]) => {
        const [flags, values] = [given[args.length], given.slice(0, args.length)];
        return perform(flags as FlagsOf<Text>, ...(values as unknown as ArgumentsOf<Text>));
      }),
  };
}

function argumentOf(written: string, text = '', rule?: string | readonly string[]): Argument {
  const argument = new Argument(written, text);
  if (typeof rule === 'string') return argument.default(rule);
  return rule === undefined ? argument : argument.choices(rule);
}

/**
 * Flags by how they are written: `base-url <url>`. A `<number>` or `<share>` is read as a number, `<name=value>` may be
 * given several times and is read as pairs; everything else is text.
 */
function optionsOf(flags: FlagTable): Option[] {
  return Object.entries(flags).map(([written, described]) => optionOf(written, described));
}

function optionOf(written: string, described: FlagText): Option {
  const [text, rule, { conflicts = [] } = {}] = typeof described === 'string' ? [described] : described;
  const option = new Option(`--${written}`, text).conflicts([...conflicts]);
  const read = rule ?? readerOf(written, option.attributeName());
  if (typeof read === 'function') return option.argParser(read as (value: string) => unknown);
  return read === undefined ? option : option.choices(read);
}

function readerOf(written: string, name: string): ((value: string, before?: never) => unknown) | undefined {
  if (/ <(number|share)>$/.test(written)) return parseNumber(name);
  return written.endsWith(' <name=value>') ? collectPair(name) : undefined;
}
