import { RunFolderError } from '@xtm/contracts';
import { readRunJson } from '@xtm/pipeline';
import { z } from 'zod';

const counts = z.int().nonnegative();

const schema = z.object({
  settings: z.looseObject({ model: z.string().optional(), topWords: z.number().optional(), modelOptions: z.record(z.string(), z.unknown()).optional() }),
  sources: z.record(z.string(), z.string()).default({}),
  dataset: z.looseObject({
    name: z.string().default('unnamed'),
    languages: z.array(z.looseObject({ words: counts.optional(), trainDocuments: counts.optional(), testDocuments: counts.optional() })).default([]),
    dictionaryPairs: counts.optional(),
  }),
  backend: z.looseObject({ name: z.string().optional(), path: z.string().optional() }).default({}),
  versions: z.record(z.string(), z.string()).default({}),
});

/** What a report says of `config.json`. */
export type ReportedConfig = z.output<typeof schema>;

/** @throws MissingFileError for what is no run folder, RunFolderError if the file is not what xtm writes. */
export function readReportedConfig(folder: string): ReportedConfig {
  const result = schema.safeParse(readRunJson(folder, 'config.json'));
  if (!result.success) throw new RunFolderError(folder, 'config.json is not what xtm writes', { cause: result.error, advice: 'Is it a run folder?' });
  return result.data;
}
