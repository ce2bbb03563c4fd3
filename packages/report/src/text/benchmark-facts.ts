import type { PublicDataset, ReferenceFiles, VerifiedFile } from '@xtm/data';
import { formatFacts, formatTable, right, type TextStyle } from './table';

/** A public benchmark, and the files of it that are here. */
export interface HeldBenchmark {
  readonly dataset: PublicDataset;
  readonly files: readonly VerifiedFile[];
}

/** One line per benchmark, with what is here of its files. */
export function formatBenchmarks(held: readonly HeldBenchmark[], style?: TextStyle): string {
  const columns = [
    { title: 'dataset' },
    { title: 'languages' },
    right('training documents'),
    right('MB'),
    { title: 'here' },
  ];
  const rows = held.map(({ dataset: { name, languages, documents, files: all }, files }) => [
    name,
    languages.map(({ code }) => code).join(', '),
    documents.map(({ train }) => train.toLocaleString('en')).join(' + '),
    (all.reduce((sum, { size }) => sum + size, 0) / 1e6).toFixed(1),
    presence(files),
  ]);
  return formatTable(columns, rows, style);
}

function presence(files: readonly VerifiedFile[]): string {
  const whole = files.filter(({ state }) => state === 'whole').length;
  return whole === files.length ? 'yes' : whole === 0 ? 'no' : `${whole} of ${files.length} files`;
}

/** All that a benchmark's descriptor says. */
export function formatBenchmark(dataset: PublicDataset, style?: TextStyle): string {
  const { languages, documents, references, notes, files } = dataset;
  const count = (number: number): string => number.toLocaleString('en');
  const labels = Object.entries(dataset.labels).map(([value, name]) => `${value} ${name ?? ''}`).join(', ');
  const sources = new Set(Object.values(dataset.sources).map((source) => `${source!.about} ${source!.repository}`));
  const facts: (readonly [string, string])[] = [
    ['documents', dataset.description],
    ['languages', languages.map(({ code, suffix }) => `${code} (files: ${suffix})`).join(', ')],
    [
      'training, test',
      documents.map(({ language, train, test }) => `${language} ${count(train)}, ${count(test)}`).join('; '),
    ],
    ...(labels === '' ? [] : [['labels', labels] as const]),
    ['dictionary', dataset.dictionary],
    ['preset', dataset.preset],
    ...references.map((reference) => ['from', reference] as const),
    ...[...sources].map((source) => ['source', source] as const),
    ['licence', dataset.licence],
    ...notes.map((text) => ['note', text] as const),
  ];
  const columns = [{ title: 'file' }, right('bytes'), { title: 'SHA-256' }];
  const rows = files.map(({ path, size, sha256 }) => [path, String(size), sha256]);
  return [dataset.title, formatFacts(facts), '', formatTable(columns, rows, style)].join('\n');
}

/** How to get files that cannot be fetched. */
export function formatReferenceFiles(reference: ReferenceFiles): string {
  const { title, description, repository, origin, licence, obtain, use, files } = reference;
  const facts = { what: description, source: repository, from: origin, licence, 'get them': obtain, 'use them': use };
  const why = 'The repository publishes no checksums, so these files are not fetched for you:';
  return [title, formatFacts(Object.entries(facts)), '', why, ...files.map((file) => `  ${file}`)].join('\n');
}
