import { Option, type Command } from 'commander';
import { z } from 'zod';
import { InvalidOptionError } from '@xtm/contracts';
import {
  describeDefault,
  findSetting,
  flagOf,
  innermostSchema,
  optionGroups,
  settings,
  type OptionGroup,
  type Setting,
  type SettingSection,
} from '@xtm/pipeline';
import { collectPair, parseNumber } from './parse-value';

/** Which settings a command has flags for. */
export interface SettingFlags {
  /** Single settings and groups of options, with a word on what they mean here where their own does not fit. */
  readonly names?: Readonly<Record<string, string | undefined>>;
  /** Those of the names that must be given. */
  readonly required?: readonly string[];
  /** Whole sections, and the options that belong to them. */
  readonly sections?: readonly SettingSection[];
  /** Settings of the sections that have no flag. */
  readonly except?: readonly string[];
}

/** Options that a library's schema describes, by their names. */
export type FieldTable = Readonly<Record<string, z.ZodType>>;

/** Adds the flags of settings. */
export function addSettingFlags(
  command: Command,
  { names = {}, required = [], sections = [], except = [] }: SettingFlags,
): void {
  for (const [name, description] of Object.entries(names))
    command.addOption(flagNamed(name, description).makeOptionMandatory(required.includes(name)));
  for (const setting of settings.filter(({ name, section }) => sections.includes(section) && !except.includes(name)))
    command.addOption(optionOf(setting));
  for (const group of optionGroups.filter(({ section }) => sections.includes(section)))
    command.addOption(groupFlagOf(group));
  if (sections.includes('phase 2')) command.addOption(formerRefinementFlag());
}

/** Adds the flags of options that a library's schema describes, a field each; defaults stand in their help. */
export function addFieldFlags(command: Command, fields: FieldTable): void {
  for (const [name, schema] of Object.entries(fields)) {
    const { description = '', defaultText, placeholder } = (schema.meta() ?? {}) as Partial<Record<string, string>>;
    const facts = { name, schema, description, ...(defaultText !== undefined && { defaultText }) };
    command.addOption(optionOf({ ...facts, ...(placeholder !== undefined && { placeholder }) }));
  }
}

/** Settings of phase 2 had names of their own once; each has its flag now. */
function formerRefinementFlag(): Option {
  return new Option('--refinement-option <name=value>', 'a setting of phase 2 by its former name')
    .argParser(collectPair('refinementOption'))
    .hideHelp();
}

function flagNamed(name: string, description: string | undefined): Option {
  const setting = findSetting(name);
  if (setting !== undefined) return optionOf(setting, description);
  const group = optionGroups.find(({ flag }) => flag === name)!;
  return groupFlagOf({ ...group, ...(description !== undefined && { description }) });
}

type DescribedOption = Pick<Setting, 'name' | 'schema' | 'description' | 'placeholder' | 'defaultText'>;

function optionOf(setting: DescribedOption, description = describe(setting)): Option {
  const { name, schema, placeholder } = setting;
  const inner = innermostSchema(schema);
  const flag = flagOf(name);
  if (inner instanceof z.ZodBoolean) return new Option(flag, description);
  if (inner instanceof z.ZodNumber)
    return new Option(`${flag} <${placeholder ?? 'number'}>`, description).argParser(numberOrNull(name, schema));
  if (inner instanceof z.ZodEnum)
    return new Option(`${flag} <${placeholder ?? 'name'}>`, description).choices(inner.options.map(String));
  if (inner instanceof z.ZodArray || inner instanceof z.ZodTuple)
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
  const standard = describeDefault(setting);
  return standard === undefined ? setting.description : `${setting.description} (default: ${standard})`;
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
