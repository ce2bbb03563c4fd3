import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidOptionError } from '@xtm/contracts';
import { keepRun } from './keep-run';
import { readRunResults } from './read-run-results';
import { keptRun } from './testing/kept-run';
import { writeResultsPage } from './write-results-page';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-keep-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SETTINGS = { model: 'nmtm', seed: 3, epochs: 230 };

describe('keepRun', () => {
  it('keeps figures and settings, without the places of this machine', () => {
    const kept = join(folder, 'kept');
    expect(
      keepRun(keptRun(folder, { name: 'amazon-review-nmtm-3', settings: SETTINGS, topicUniqueness: 0.61 }), kept),
    ).toBe('amazon-review-nmtm-3');
    expect(JSON.parse(readFileSync(join(kept, 'amazon-review-nmtm-3', 'config.json'), 'utf8'))).toEqual({
      formatVersion: 2,
      settings: SETTINGS,
      sources: {},
      dataset: { name: 'Amazon_Review', languages: [], dictionaryPairs: 7, fingerprint: 'same' },
      backend: { name: 'wasm', path: 'kernels' },
      versions: {},
      paths: { dataset: 'Amazon_Review', dictionary: 'words.dat' },
    });
    expect(readRunResults(kept)[0]!.figures.get('topicUniqueness')).toBe(0.61);
  });

  it.each([
    ['mine', SETTINGS, 'ECNews', 'ec-news-nmtm-3'],
    ['mine-refined', { ...SETTINGS, refiner: 'corpus' }, 'Rakuten_Amazon', 'rakuten-amazon-nmtm-3-refined'],
    [
      'own-clusters',
      { model: 'xtra', seed: 0, clusters: 'embedder' },
      'Amazon_Review',
      'amazon-review-xtra-0-computed-clusters',
    ],
    ['other', { model: 'u-svd', seed: 0 }, 'Amazon_Review', 'amazon-review-u-svd-0'],
  ])('names the run %s by what it is', (name, settings, dataset, expected) => {
    expect(keepRun(keptRun(folder, { name, settings, dataset }), join(folder, 'kept'))).toBe(expected);
  });

  it('refuses a run on other data', () => {
    const run = keptRun(folder, { name: 'mine', settings: SETTINGS, dataset: 'reviews' });
    expect(() => keepRun(run, join(folder, 'kept'))).toThrow(InvalidOptionError);
  });
});

describe('writeResultsPage', () => {
  it('lists what differs from the paper, with the causes, and how far the public code is', () => {
    keptRun(folder, {
      name: 'amazon-review-nmtm-0',
      settings: { ...SETTINGS, seed: 0 },
      topicUniqueness: 0.67,
      accuracy: { linear: 0.7, rbf: 0.78 },
    });
    const page = writeResultsPage(readRunResults(folder), { command: 'xtm reproduce results', causes: 'Since …' });
    expect(page).toContain('- Amazon Review, NMTM: TU +0.060\n');
    expect(page).toContain('- Amazon Review, NMTM: EN-I (linear SVM) -0.086\n');
    expect(page).not.toContain('EN-I (RBF SVM) -');
    expect(page).toContain(
      'Of 3 figures our means are within 0.03 of its run in 2; the largest difference is −0.075, EN-I (linear SVM) ' +
        'on Amazon Review.',
    );
    expect(page.trimEnd().endsWith('Since …')).toBe(true);
  });
});
