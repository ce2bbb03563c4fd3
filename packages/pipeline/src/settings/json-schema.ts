import { z } from 'zod';
import { prepareFileSchema } from '@xtm/data';
import { embedders } from '@xtm/embedder';
import { refiners } from '@xtm/refiner';
import { models } from '../models';
import { describeDefault, type OptionGroup, optionGroups, type Setting, settings } from './table';

/** JSON Schema (draft 2020-12), as editors read it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * What a settings file may hold, as JSON Schema, for completion and checking in editors: every setting with its
 * description and default, the options of each model, embedder and refiner, and the section `prepare`.
 */
export function settingsJsonSchema(): JsonSchema {
  const fields: Record<string, z.ZodType> = {
    ...Object.fromEntries(settings.map((setting) => [setting.name, describedSetting(setting)])),
    ...Object.fromEntries(optionGroups.map(({ name, description }) => [name, groupSchema(name).describe(description)])),
    prepare: prepareFileSchema,
  };
  // One call for all of it, since what refers to itself is defined at the root.
  const described = z.toJSONSchema(z.strictObject(fields).partial().describe('Settings of xtm'), {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // Programs may have a key in memory; no settings file does.
      delete jsonSchema.properties?.['apiKey'];
      for (const helpOnly of ['defaultText', 'placeholder', 'isPath']) delete jsonSchema[helpOnly];
    },
  });
  return { ...described };
}

function describedSetting(setting: Setting): z.ZodType {
  const standard = describeDefault(setting);
  const { schema, description } = setting;
  return schema.describe(standard === undefined ? description : `${description} (default: ${standard})`);
}

/** Options by the name of their component; those of the endpoint have none. */
function groupSchema(group: OptionGroup['name']): z.ZodType {
  if (group === 'llm') return z.record(z.string(), z.unknown());
  const components = [...COMPONENTS[group]].map(([name, { optionsSchema }]) => [name, optionsSchema] as const);
  return z.strictObject(Object.fromEntries(components)).partial();
}

type Components = ReadonlyMap<string, { readonly optionsSchema: z.ZodObject }>;

const COMPONENTS: Readonly<Record<Exclude<OptionGroup['name'], 'llm'>, Components>> = { models, embedders, refiners };
