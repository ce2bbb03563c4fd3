import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CorpusLanguage } from '@xtm/contracts';
import { loadDataset } from '@xtm/data';
import { readEvaluation } from '@xtm/pipeline';
import { runCommand } from './testing/run-command';

const DEMO = resolve(__dirname, '../../../datasets/demo');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-demo-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The theme in whose documents a word occurs most, over all documents with labels. */
function themesOfWords({ vocabulary, train }: CorpusLanguage): Map<string, string> {
  const counts = vocabulary.map(() => new Map<string, number>());
  for (let document = 0; document < train.rows.rows; document++) {
    const label = train.labels![document]!;
    for (let i = train.rows.indptr[document]!; i < train.rows.indptr[document + 1]!; i++) {
      const byTheme = counts[train.rows.indices[i]!]!;
      byTheme.set(label, (byTheme.get(label) ?? 0) + 1);
    }
  }
  return new Map(vocabulary.map((word, i) => [word, [...counts[i]!].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '']));
}

/** The theme of more than half of the words, if one has so many. */
function mainTheme(words: readonly string[], themes: ReadonlyMap<string, string>): string | undefined {
  return [...new Set(themes.values())].find((theme) => words.filter((word) => themes.get(word) === theme).length > words.length / 2);
}

it('shows the demo\'s themes, matched across the languages', async () => {
  const data = join(folder, 'data');
  expect(await runCommand('prepare', join(DEMO, 'corpus.json'), '--out', data)).toMatchObject({ code: 0 });
  const run = await runCommand('run', '--config', join(DEMO, 'run.yaml'), '--dataset', data, '--runs-folder', folder, '--run', 'demo');
  expect(run).toMatchObject({ code: 0 });

  const { corpus } = await loadDataset(data);
  const themes = corpus.languages.map(themesOfWords);
  expect(new Set(themes[0]!.values()).size).toBeGreaterThanOrEqual(10);
  const { topics } = JSON.parse(readFileSync(join(folder, 'demo', 'topics.json'), 'utf8')) as { topics: { words: Record<string, { word: string }[]> }[] };
  const found = topics.flatMap(({ words }) => {
    const [first, second] = corpus.languages.map(({ language }, i) => mainTheme(words[language.suffix]!.slice(0, 10).map(({ word }) => word), themes[i]!));
    return first !== undefined && first === second ? [first] : [];
  });
  expect(new Set(found).size).toBeGreaterThanOrEqual(8);

  const { measures } = readEvaluation(join(folder, 'demo'));
  const [linear] = measures.classification!;
  expect(linear!.classifier).toBe('linear');
  for (const { kind, accuracy } of linear!.results) expect(accuracy).toBeGreaterThan(kind === 'I' ? 0.7 : 0.5);
}, 300_000);
