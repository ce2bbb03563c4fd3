import { embedders } from '@xtm/embedder';
import { refiners } from '@xtm/refiner';
import { z } from 'zod';
import { models } from '../models';
import { describeDefault, descriptionOf, flagOf, settings, type Setting } from './table';

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
      'the model that is chosen. [models.md](models.md) and [baselines.md](baselines.md) say more.',
    ...optionTables(models),
    '## Options of embedders',
    'Under `embedders`, by the name of the embedder, or `--embedder-option`. [embedders.md](embedders.md) says more.',
    ...optionTables(embedders),
    '## Options of refiners',
    'Under `refiners`, by the name of the refiner, or `--refiner-option`; those of the endpoint may stand under `llm`, or ' +
      '`--llm-option`. [refinement.md](refinement.md) says more.',
    ...optionTables(refiners),
    '',
  ].join('\n\n');
}

function rowOf(setting: Setting): string[] {
  const { name, schema, description } = setting;
  return [`\`${name}\``, `\`${flagOf(name)}\``, valuesOf(schema), describeDefault(setting) ?? '', description];
}

const SETTING_COLUMNS = ['setting', 'flag', 'values', 'default', 'meaning'];

function tableOf(rows: readonly (readonly string[])[], columns: readonly string[] = SETTING_COLUMNS): string {
  const lines = [columns, columns.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}

/** Programs may have it in memory; no settings file does. */
const SECRET = 'apiKey';

/** A table for each component of a registry; components with the same options share one. */
function optionTables(components: ReadonlyMap<string, { readonly optionsSchema: z.ZodObject }>): string[] {
  const tables = [...components].map(([name, { optionsSchema }]) => [name, optionsTable(optionsSchema)] as const);
  const names = (table: string): string => tables.flatMap(([name, its]) => (its === table ? [name] : [])).join(', ');
  return [...new Set(tables.map(([, table]) => table))].flatMap((table) => [`### ${names(table)}`, table]);
}

function optionsTable({ shape }: z.ZodObject): string {
  const options = Object.entries(shape as Readonly<Record<string, z.ZodType>>).filter(([name]) => name !== SECRET);
  const rows = options.map(([name, schema]) => {
    const standard: unknown = schema.safeParse(undefined).data;
    const shown =
      standard === undefined ? '' : typeof standard === 'object' ? JSON.stringify(standard) : String(standard);
    return [`\`${name}\``, valuesOf(schema), shown, descriptionOf(schema) ?? ''];
  });
  return tableOf(rows, ['option', 'values', 'default', 'meaning']);
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
