import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a test says of a run. */
export interface KeptRun {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly dataset?: string;
  readonly topicUniqueness?: number;
  /** Accuracy within English, by classifier. */
  readonly accuracy?: Readonly<Record<string, number>>;
  readonly omitted?: readonly { readonly measure: string; readonly reason: string }[];
}

/** Writes the files of a finished run that tables are filled from. */
export function keptRun(
  folder: string,
  { name, settings, dataset = 'Amazon_Review', topicUniqueness = 0.5, accuracy = {}, omitted = [] }: KeptRun,
): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  const classification = Object.entries(accuracy).map(([classifier, value]) => ({
    classifier,
    features: 'means',
    results: [{ kind: 'I', testLanguage: 'en', trainLanguage: 'en', accuracy: value, macroF1: value }],
  }));
  writeFileSync(
    join(path, 'config.json'),
    JSON.stringify({
      settings,
      sources: {},
      dataset: { name: dataset, languages: [], dictionaryPairs: 7, fingerprint: 'same' },
      backend: { name: 'wasm', path: 'kernels' },
      versions: {},
      paths: { dataset: `/home/someone/${dataset}`, dictionary: 'C:\\data\\words.dat' },
    }),
  );
  writeFileSync(
    join(path, 'metrics.json'),
    JSON.stringify({
      languages: ['en', 'zh-Hans'],
      numTopics: 50,
      topWords: 15,
      measures: {
        topicUniqueness: { perLanguage: [topicUniqueness, topicUniqueness], mean: topicUniqueness },
        ...(classification.length > 0 && { classification }),
      },
      omitted,
    }),
  );
  return path;
}
