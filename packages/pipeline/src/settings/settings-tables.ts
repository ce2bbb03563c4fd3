import { z } from 'zod';
import { models } from '../models';
import { describeDefault, flagOf, optionGroups, settings, type Setting } from './table';

/** Every setting as a page of Markdown tables: name, values, default and meaning, and the options of each model. */
export function settingsMarkdown(): string {
  const sections = [...new Set(settings.map(({ section }) => section))];
  return [
    '# Settings',
    'What "xtm run", "refine" and "sweep" can be told. A setting has one name: `alignmentWeight` in a settings file and in ' +
      'a sweep, `--alignment-weight` on the command line. Flags win over the file, the file over the preset, the preset ' +
      'over defaults; `config.json` of a run says where each value came from. "xtm schema" writes the same as JSON ' +
      'Schema, by which editors complete and check a settings file; this page is made by `xtm schema --format markdown`.',
    ...sections.flatMap((section) => [
      `## ${capitalise(section)}`,
      tableOf(settings.filter((setting) => setting.section === section).map(rowOf)),
    ]),
    '## Options of models',
    'Under `models`, by the name of the model: `models: { nmtm: { dropout: 0.1 } }`, or `--model-option dropout=0.1` for ' +
      'the model that is chosen. What they mean stands in [models.md](models.md) and [baselines.md](baselines.md).',
    ...[...models].flatMap(([name, { optionsSchema }]) => [`### ${name}`, optionsTable(optionsSchema)]),
    '## Options of embedders, refiners and the endpoint',
    optionGroups
      .filter(({ name }) => name !== 'models')
      .map(({ name, flag, description }) => `- \`${name}\`, \`${flagOf(flag)}\`: ${description}`)
      .join('\n'),
    '',
  ].join('\n\n');
}

function rowOf(setting: Setting): string[] {
  const { name, schema, description } = setting;
  return [`\`${name}\``, `\`${flagOf(name)}\``, valuesOf(schema), describeDefault(setting) ?? '', description];
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const lines = [['setting', 'flag', 'values', 'default', 'meaning'], ['---', '---', '---', '---', '---'], ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

function optionsTable({ shape }: z.ZodObject): string {
  const rows = Object.entries(shape).map(([name, schema]) => {
    const standard: unknown = (schema as z.ZodType).safeParse(undefined).data;
    return [`\`${name}\``, valuesOf(schema as z.ZodType), standard === undefined ? '' : String(standard)];
  });
  const lines = [['option', 'values', 'default'], ['---', '---', '---'], ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** What may be written for a value, in words. */
function valuesOf(schema: z.ZodType): string {
  const described = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const parts = described.anyOf ?? [described];
  return parts.map((part) => (typeof part === 'object' ? kindOf(part) : '')).join(' or ');
}

function kindOf({ type, enum: values, minimum, exclusiveMinimum, maximum }: z.core.JSONSchema.BaseSchema): string {
  if (values !== undefined) return values.map(String).join(', ');
  if (type === 'null') return 'none';
  if (type === 'boolean') return 'yes or no';
  if (type === 'string') return 'text';
  if (type !== 'number' && type !== 'integer') return String(type ?? 'any');
  const noun = type === 'integer' ? 'whole number' : 'number';
  const least = exclusiveMinimum === undefined ? atLeast(minimum) : ` above ${exclusiveMinimum}`;
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? '' : `, at most ${maximum}`;
  return `${noun}${least}${most}`;
}

function atLeast(minimum: number | undefined): string {
  return minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? '' : ` from ${minimum}`;
}

function capitalise(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
