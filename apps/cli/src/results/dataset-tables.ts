import type { PublicDataset, ReferenceFiles, VerifiedFile } from '@xtm/data';
import { formatTable } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';

const MEGABYTE = 1_000_000;

/** Benchmarks, a line each, with what is here of them. */
export function formatDatasets(states: readonly { readonly dataset: PublicDataset; readonly files: readonly VerifiedFile[] }[], terminal: Terminal): string {
  const columns = [{ title: 'dataset' }, { title: 'languages' }, { title: 'training documents', align: 'right' as const }, { title: 'MB', align: 'right' as const }, { title: 'here' }];
  const rows = states.map(({ dataset, files }) => [
    dataset.name,
    dataset.languages.map(({ code }) => code).join(', '),
    dataset.documents.map(({ train }) => train.toLocaleString('en')).join(' + '),
    (sizeOf(dataset) / MEGABYTE).toFixed(1),
    presence(files),
  ]);
  return formatTable(columns, rows, terminal);
}

function presence(files: readonly VerifiedFile[]): string {
  const whole = files.filter(({ state }) => state === 'whole').length;
  return whole === files.length ? 'yes' : whole === 0 ? 'no' : `${whole} of ${files.length} files`;
}

function sizeOf({ files }: PublicDataset): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** All that a benchmark's descriptor says. */
export function formatDatasetInfo(dataset: PublicDataset, terminal: Terminal): string {
  const { title, description, languages, documents, labels, preset, dictionary, references, licence, notes, sources, files } = dataset;
  const labelNames = Object.entries(labels).map(([value, name]) => `${value} ${name ?? ''}`).join(', ');
  const facts: [string, string][] = [
    ['documents', description],
    ['languages', languages.map(({ code, suffix }) => `${code} (files: ${suffix})`).join(', ')],
    ['training, test', documents.map(({ language, train, test }) => `${language} ${train.toLocaleString('en')}, ${test.toLocaleString('en')}`).join('; ')],
    ...(labelNames === '' ? [] : [['labels', labelNames] as [string, string]]),
    ['dictionary', dictionary],
    ['preset', preset],
    ...references.map((reference): [string, string] => ['from', reference]),
    ...[...new Set(Object.values(sources).map((source) => `${source!.about} ${source!.repository}`))].map((source): [string, string] => ['source', source]),
    ['licence', licence],
    ...notes.map((text): [string, string] => ['note', text]),
  ];
  const table = formatTable([{ title: 'file' }, { title: 'bytes', align: 'right' }, { title: 'SHA-256' }], files.map(({ path, size, sha256 }) => [path, String(size), sha256]), terminal);
  return [title, ...formatFacts(facts), '', table].join('\n');
}

/** How to get what cannot be fetched. */
export function formatReferenceInfo({ title, description, repository, origin, licence, obtain, use, files }: ReferenceFiles): string {
  const facts: [string, string][] = [['what', description], ['source', repository], ['from', origin], ['licence', licence], ['get them', obtain], ['use them', use]];
  return [title, ...formatFacts(facts), '', 'The repository publishes no checksums, so these files are not fetched for you:', ...files.map((file) => `  ${file}`)].join('\n');
}

function formatFacts(facts: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}
