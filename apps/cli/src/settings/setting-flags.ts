import { Option, type Command } from 'commander';
import { z } from 'zod';
import { InvalidOptionError } from '@xtm/contracts';
import {
  describeDefault,
  findSetting,
  flagOf,
  optionGroups,
  settings,
  type OptionGroup,
  type Setting,
  type SettingSection,
} from '@xtm/pipeline';
import { collectPair, parseNumber } from './parse-value';

/** Adds the flags of whole sections of settings, and of the options that belong to them. */
export function addSettingFlags(
  command: Command,
  sections: readonly SettingSection[],
  except: readonly string[] = [],
): Command {
  const flags = settings.filter(({ name, section }) => sections.includes(section) && !except.includes(name));
  for (const setting of flags) command.addOption(optionOf(setting));
  for (const group of optionGroups.filter(({ section }) => sections.includes(section)))
    command.addOption(groupFlagOf(group));
  if (sections.includes('phase 2')) command.addOption(FORMER_REFINEMENT_FLAG);
  return command;
}

/** Settings of phase 2 had names of their own once; each has its flag now. */
const FORMER_REFINEMENT_FLAG = new Option('--refinement-option <name=value>', 'a setting of phase 2 by its former name')
  .argParser(collectPair('refinementOption'))
  .hideHelp();

/**
 * Adds the flags of single settings, with their own word on what they mean here where theirs does not fit.
 *
 * @param required names of those that must be given
 */
export function addFlags(
  command: Command,
  names: Readonly<Record<string, string | undefined>>,
  required: readonly string[] = [],
): Command {
  for (const [name, description] of Object.entries(names)) {
    command.addOption(optionOf(findSetting(name)!, description).makeOptionMandatory(required.includes(name)));
  }
  return command;
}

/** Adds the flags of options that a library's schema describes, a field each; defaults stand in their help. */
export function addFieldFlags(command: Command, shape: Readonly<Record<string, z.ZodType>>): Command {
  for (const [name, schema] of Object.entries(shape)) {
    const { description = '', defaultText, placeholder } = (schema.meta() ?? {}) as Partial<Record<string, string>>;
    const facts = { name, schema, description, ...(defaultText !== undefined && { defaultText }) };
    command.addOption(optionOf({ ...facts, ...(placeholder !== undefined && { placeholder }) }));
  }
  return command;
}

/** Adds the flag of a group's options, with its own word on what they are here. */
export function addGroupFlag(command: Command, flag: string, description?: string): Command {
  const group = optionGroups.find((known) => known.flag === flag)!;
  return command.addOption(groupFlagOf({ ...group, ...(description !== undefined && { description }) }));
}

type DescribedOption = Pick<Setting, 'name' | 'schema' | 'description' | 'placeholder' | 'defaultText'>;

function optionOf(setting: DescribedOption, description = describe(setting)): Option {
  const { name, schema, placeholder } = setting;
  const inner = innermost(schema);
  const flag = flagOf(name);
  if (inner instanceof z.ZodBoolean) return new Option(flag, description);
  if (inner instanceof z.ZodNumber)
    return new Option(`${flag} <${placeholder ?? 'number'}>`, description).argParser(numberOrNull(name, schema));
  if (inner instanceof z.ZodEnum)
    return new Option(`${flag} <${placeholder ?? 'name'}>`, description).choices(inner.options.map(String));
  if (inner instanceof z.ZodArray)
    return new Option(`${flag} <${placeholder ?? 'list'}>`, description).argParser(splitWords);
  if (inner instanceof z.ZodObject)
    return new Option(`${flag} <${placeholder ?? 'list'}>`, description).argParser(numbersOf(name, inner));
  return new Option(`${flag} <${placeholder ?? 'text'}>`, description);
}

function groupFlagOf({ flag, description }: OptionGroup): Option {
  return new Option(`${flagOf(flag)} <name=value>`, `${description}; may be given several times`).argParser(
    collectPair(flag),
  );
}

function describe(setting: DescribedOption): string {
  const standard = describeDefault(setting as Setting);
  return standard === undefined ? setting.description : `${setting.description} (default: ${standard})`;
}

/** What a schema is without its default and whether it may be left out. */
function innermost(schema: z.ZodType): z.ZodType {
  const wraps = schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable;
  return wraps ? innermost(schema.unwrap() as z.ZodType) : schema;
}

/** Words parted by commas, of any script. */
function splitWords(text: string): string[] {
  return text.split(/[,\uff0c\u3001\u060c]/).map((word) => word.trim()).filter((word) => word !== '');
}

/** `none` where a number may be null. */
function numberOrNull(name: string, schema: z.ZodType): (text: string) => number | null {
  const parse = parseNumber(name);
  return (text) => (text === 'none' && schema.safeParse(null).success ? null : parse(text));
}

/** Numbers parted by commas, in the order of the object's fields. */
function numbersOf(name: string, { shape }: z.ZodObject): (text: string) => Readonly<Record<string, number>> {
  const fields = Object.keys(shape);
  return (text) => {
    const numbers = text.split(',').map(parseNumber(name));
    if (numbers.length === fields.length) return Object.fromEntries(fields.map((field, at) => [field, numbers[at]!]));
    throw new InvalidOptionError(name, text, `"${text}" is not of the form ${fields.join(',')}`);
  };
}
