import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidOptionError, MissingFileError } from '@xtm/contracts';
import type { ReportData } from './contract/comparison-data';
import { PlantedRuns } from './testing/planted-run';
import { writeReport } from './write-report';

const runs = new PlantedRuns();
afterAll(() => runs.remove());

const HOSTILE = '</script><!-- <img src=x onerror=alert(1)> & \u2028';

/** The page's JSON as it stands in the page, and as it is read. */
function readData(page: string): { readonly source: string; readonly data: ReportData } {
  const source = /<script type="application\/json" id="report-data">(.*?)<\/script>/s.exec(page)![1]!;
  return { source, data: JSON.parse(source) as ReportData };
}

it('writes one page into the run\'s folder that asks for nothing and runs no script but its own', async () => {
  const { path, corpus } = await runs.write('page');
  const report = await writeReport([path], { corpus });
  expect(report.path).toBe(join(path, 'report.html'));
  const page = readFileSync(report.path, 'utf8');
  expect(Buffer.byteLength(page)).toBe(report.bytes);
  const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script]) => script!);
  expect(scripts).toHaveLength(1);
  const hash = createHash('sha256').update(scripts[0]!).digest('base64');
  expect(page).toContain(`default-src 'none'; script-src 'sha256-${hash}'`);
  expect(page).not.toMatch(/<(?:script|link|img|iframe)[^>]+(?:src|href)="(?!data:)/);
  expect(readData(page).data.kind).toBe('run');
});

it('keeps hostile words, texts and labels from being markup', async () => {
  const { path, corpus } = await runs.write('hostile', {
    change: (corpus) => ({
      ...corpus,
      description: HOSTILE,
      languages: corpus.languages.map((language) => ({
        ...language,
        vocabulary: language.vocabulary.map((word, at) => (at === 0 ? `${HOSTILE}${word}` : word).replaceAll(' ', '_')),
        train: { ...language.train, texts: Array.from({ length: language.train.rows.rows }, () => HOSTILE), labels: language.train.labels!.map(() => HOSTILE) },
      })),
    }),
  });
  const { source, data } = readData(readFileSync((await writeReport([path], { corpus })).path, 'utf8'));
  expect(source).not.toMatch(/[<>&\u2028]/);
  if (data.kind !== 'run') throw new Error('not the page of a run');
  expect(data.documents.documents.some(({ text, label }) => text === HOSTILE && label === HOSTILE)).toBe(true);
  expect(data.words[0]!.words[0]).toContain('<img');
});

it('compares several runs on one page', async () => {
  const [first, second] = [await runs.write('first', { settings: { seed: 0 } }), await runs.write('second', { settings: { model: 'other', seed: 0 } })];
  const report = await writeReport([first.path, second.path]);
  expect(report.path).toBe(join(first.path, '..', 'comparison.html'));
  const { data } = readData(readFileSync(report.path, 'utf8'));
  if (data.kind !== 'comparison') throw new Error('not a comparison');
  expect(data.differences).toEqual([{ name: 'model', values: ['planted', 'other'] }]);
  expect(data.methods.map(({ name }) => name)).toEqual(['first', 'second']);
  expect(data.matches.map(({ topics }) => topics.map((topic) => [topic!.index, topic!.overlap]))).toEqual([0, 1, 2, 3].map((index) => [[index, 1], [index, 1]]));
  expect(data.figures.find(({ title, of }) => title.includes('uniqueness') && of === '')).toMatchObject({ means: [1, 1], differences: [null, 0], isMain: true });
  expect(data.figures[0]).toMatchObject({ title: 'Topics in use (effective number)', of: '' });
  expect(data.poor).toEqual([]);
});

it('refuses no run, and one that has not finished', async () => {
  await expect(writeReport([])).rejects.toThrow(InvalidOptionError);
  await expect(writeReport([join(__dirname, 'nowhere')])).rejects.toThrow(MissingFileError);
});

it('stops when it is told to', async () => {
  const { path, corpus } = await runs.write('stopped');
  await expect(writeReport([path], { corpus, signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortedError' });
});
