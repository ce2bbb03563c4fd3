import { z } from 'zod';
import { prepareFileSchema } from '@xtm/data';
import { embedders } from '@xtm/embedder';
import { refiners } from '@xtm/refiner';
import { models } from '../models';
import { describeDefault, type OptionGroup, optionGroups, settings } from './table';

/** JSON Schema (draft 2020-12), as editors read it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * What a settings file may hold, as JSON Schema, for completion and checking in editors: every setting with its
 * description and default, the options of each model, and the section `prepare`.
 */
export function settingsJsonSchema(): JsonSchema {
  const properties = settings.map((setting) => {
    const described = describeDefault(setting);
    const description =
      described === undefined ? setting.description : `${setting.description} (default: ${described})`;
    return [setting.name, { ...schemaOf(setting.schema), description }] as const;
  });
  const groups = optionGroups.map(({ name, description }) => {
    return [name, { ...groupSchema(name), description: `${description}, by name` }] as const;
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Settings of xtm',
    type: 'object',
    properties: { ...Object.fromEntries([...properties, ...groups]), prepare: schemaOf(prepareFileSchema) },
    additionalProperties: false,
  };
}

/** Options by the name of their component; those of the endpoint have none. */
function groupSchema(group: OptionGroup['name']): JsonSchema {
  if (group === 'llm') return { type: 'object', additionalProperties: true };
  const properties = [...COMPONENTS[group]].map(
    ([name, { optionsSchema }]) => [name, schemaOf(optionsSchema)] as const,
  );
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
}

type Components = ReadonlyMap<string, { readonly optionsSchema: z.ZodObject }>;

const COMPONENTS: Readonly<Record<Exclude<OptionGroup['name'], 'llm'>, Components>> = { models, embedders, refiners };

/** What may be written for a schema; facts for help alone are left out. */
function schemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _schema, ...described } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      // Programs may have a key in memory; no settings file does.
      delete jsonSchema.properties?.['apiKey'];
      for (const fact of ['defaultText', 'placeholder', 'isPath']) delete jsonSchema[fact];
    },
  });
  return described;
}
