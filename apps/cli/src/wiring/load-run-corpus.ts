import { z } from 'zod';
import { RunFolderError, type Corpus } from '@xtm/contracts';
import { loadDataset } from '@xtm/data';
import { corpusFingerprint, readRunJson } from '@xtm/pipeline';

const configSchema = z.object({
  settings: z.object({ matchStems: z.boolean().default(false) }),
  dataset: z.object({ fingerprint: z.string(), languages: z.array(z.object({ code: z.string(), suffix: z.string() })) }),
  paths: z.object({ dataset: z.string(), dictionary: z.string().optional() }),
});

export interface MovedPaths {
  readonly dataset?: string;
  readonly dictionary?: string;
}

/**
 * The corpus that a run was trained on, with its texts if they are asked for. Throws `RunFolderError` when the files are
 * no longer what they were.
 */
export async function loadRunCorpus(run: string, moved: MovedPaths = {}, { texts = false }: { readonly texts?: boolean } = {}): Promise<Corpus> {
  const config = configSchema.safeParse(readRunJson(run, 'config.json'));
  if (!config.success) throw new RunFolderError(run, 'config.json is not what xtm writes', { cause: config.error, advice: 'Is it a run folder?' });
  const { settings: { matchStems }, dataset, paths } = config.data;
  const dictionary = moved.dictionary ?? paths.dictionary;
  const { corpus } = await loadDataset(moved.dataset ?? paths.dataset, {
    texts,
    matchStems,
    languages: dataset.languages.map(({ code, suffix }) => ({ code, suffix })),
    ...(dictionary !== undefined && { dictionary }),
  });
  if (corpusFingerprint(corpus) !== dataset.fingerprint) {
    throw new RunFolderError(run, `the dataset at ${moved.dataset ?? paths.dataset} is not the one that the run was trained on`, {
      advice: 'Name the right one with --dataset and --dictionary, or train a new run.',
    });
  }
  return corpus;
}
