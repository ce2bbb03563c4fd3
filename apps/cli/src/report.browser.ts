import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { defaultPreprocessing, writeDataset } from '@xtm/data';
import { SeededGenerator } from '@xtm/numeric';
import { benchmarkLikeCorpus } from './testing/benchmark-like-corpus';
import { openBrowser } from './testing/open-browser';
import { openReport, type OpenedReport } from './testing/opened-report';

const XTM = resolve(__dirname, '../bin/xtm.mjs');

const DEMO = resolve(__dirname, '../../../datasets/demo');

const LARGEST_PAGE = 5_000_000;

const VIEWS = ['overview', 'topics', 'figures', 'documents', 'prevalence', 'map', 'alignment', 'ratings', 'training'];

/** Views with charts, and how many at least. */
const CHARTS: Readonly<Record<string, number>> = { topics: 1, prevalence: 2, map: 1, alignment: 1, training: 3 };

const HOSTILE = '<img src=x onerror=alert(1)>';

/** The same as a word, which has no spaces. */
const HOSTILE_WORD = '<img/src=x/onerror=alert(2)>';

let folder: string;
let browser: Browser;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-browser-'));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command line as users do; jest's own realm would take several times as long to compute. */
async function command(...args: readonly string[]): Promise<string> {
  return (await promisify(execFile)(process.execPath, [XTM, ...args], { maxBuffer: 1e8 })).stdout;
}

async function writeReport(...args: readonly string[]): Promise<{ readonly path: string; readonly bytes: number }> {
  return JSON.parse(await command('report', ...args, '--json')) as { path: string; bytes: number };
}

/** A model that learnt nothing, its languages normalised by themselves. */
async function untrained(): Promise<string> {
  const flags = [
    '--epochs',
    '1',
    '--learning-rate',
    '0.000001',
    '--batch-size',
    '32',
    '--num-topics',
    '6',
    '--classifiers',
    'none',
    '--model-option',
    'normalisation=per-language',
  ];
  await command(
    'run',
    '--dataset',
    join(folder, 'demo-data'),
    ...flags,
    '--runs-folder',
    folder,
    '--run',
    'untrained',
  );
  return join(folder, 'untrained');
}

/** The demo with both phases, cut short, and with a word, a label and texts that are markup. */
async function hostileDemo(): Promise<string> {
  const data = join(folder, 'demo-data');
  await command('prepare', join(DEMO, 'corpus.json'), '--out', data);
  const change = (file: string, edit: (text: string) => string) =>
    writeFileSync(join(data, file), edit(readFileSync(join(data, file), 'utf8')));
  change('vocab_en', (text) => text.replace(/^film$/m, HOSTILE_WORD));
  change('train_labels_en.txt', (text) => text.replaceAll(/^(sport|cars|pets|food)$/gm, HOSTILE));
  change('train_texts_en.txt', (text) =>
    text.replaceAll(/^/gm, `${HOSTILE} `).replace(/<img src=x onerror=alert\(1\)> $/, ''),
  );
  const config = join(folder, 'run.yaml');
  writeFileSync(
    config,
    readFileSync(join(DEMO, 'run.yaml'), 'utf8')
      .replace('epochs: 80', 'epochs: 24')
      .replace('epochs: 20', 'epochs: 4')
      .replace('refineEvery: 10', 'refineEvery: 2'),
  );
  await command('run', '--config', config, '--dataset', data, '--runs-folder', folder, '--run', 'demo');
  const run = join(folder, 'demo');
  await command('topics', run, '--rename', `0=${HOSTILE}`);
  return run;
}

/** An epoch of NMTM with 50 topics on as much as Amazon Review. */
async function benchmark(): Promise<string> {
  const data = join(folder, 'benchmark');
  const corpus = benchmarkLikeCorpus(new SeededGenerator(1));
  const languages = corpus.languages.map(({ language }) => language);
  await writeDataset(data, {
    corpus,
    descriptor: { languages },
    preprocessing: defaultPreprocessing(languages, 'whitespace'),
    warnings: [],
  });
  await command(
    'run',
    '--dataset',
    data,
    '--model',
    'nmtm',
    '--num-topics',
    '50',
    '--epochs',
    '1',
    '--learning-rate',
    '0.01',
    '--classifiers',
    'none',
    '--runs-folder',
    folder,
    '--run',
    'benchmark-run',
  );
  return join(folder, 'benchmark-run');
}

/** Goes through all views, so that every chart is drawn, and checks that none is empty. */
async function checkViews(page: Page): Promise<void> {
  for (const id of VIEWS) {
    const section = page.locator(`#${id}`);
    await section.scrollIntoViewIfNeeded();
    expect((await section.innerText()).length).toBeGreaterThan(80);
    const drawn = section.locator('.chart').filter({ has: page.locator('svg path, canvas') });
    for (let at = 0; at < (CHARTS[id] ?? 0); at++) {
      await drawn.nth(at).scrollIntoViewIfNeeded();
      await drawn.nth(at).waitFor();
    }
    await page.mouse.move(5, 5);
  }
  await page.evaluate('scrollTo(0, 0)');
}

/** Words of the selected topic in a language, in the order of their bars. */
function barWords(page: Page, language: number): Promise<string[]> {
  return page.locator('.word-bars').nth(language).locator('.bar-word').allInnerTexts();
}

async function checkSelection(page: Page): Promise<void> {
  const title = page.locator('#topic-detail .eyebrow');
  const [before, documents] = [await title.innerText(), await page.locator('.documents').first().innerText()];
  await page.locator('.topic-list button').nth(3).click();
  expect(await title.innerText()).not.toBe(before);
  expect(await page.locator('.documents').first().innerText()).not.toBe(documents);
  const chosen = await title.innerText();
  await page.keyboard.press('ArrowDown');
  expect(await title.innerText()).not.toBe(chosen);
  await page.getByRole('button', { name: 'Next topic' }).click();
  await checkTopicMap(page);
}

/** Clicks the circle that stands furthest from all others, which none of them covers. */
async function checkTopicMap(page: Page): Promise<void> {
  await page.locator('#topics .chart-map').scrollIntoViewIfNeeded();
  const labels = await page.locator('#topics .chart-map svg text').all();
  const places = await Promise.all(
    labels.map(async (label) => ({ number: await label.textContent(), box: (await label.boundingBox())! })),
  );
  const room = ({ box: { x, y } }: (typeof places)[number]): number =>
    Math.min(
      ...places.filter(({ box }) => box.x !== x || box.y !== y).map(({ box }) => Math.hypot(box.x - x, box.y - y)),
    );
  const { number, box } = places.reduce((loneliest, other) => (room(other) > room(loneliest) ? other : loneliest));
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  expect(await page.locator('#topic-detail .eyebrow').innerText()).toBe(`Topic ${number}`);
}

/** What `xtm topics --json` tells of a run, as far as the page shows it. */
interface ListedTopics {
  readonly languages: readonly { readonly suffix: string }[];
  readonly topics: readonly {
    readonly index: number;
    readonly words: Readonly<Record<string, readonly { readonly word: string; readonly probability: number }[]>>;
  }[];
}

/** Goes through all topics: the page begins with the words that `xtm topics` lists, in the same order. */
async function checkInitialWords(page: Page, run: string): Promise<void> {
  const { languages, topics } = JSON.parse(await command('topics', run, '--top', '15', '--json')) as ListedTopics;
  for (const [position, { words }] of topics.entries()) {
    await page.locator('#documents select').selectOption(String(position));
    for (const [language, { suffix }] of languages.entries())
      expect(await barWords(page, language)).toEqual(words[suffix]!.map(({ word }) => word));
  }
}

async function checkSlider(page: Page): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Which words first' });
  const initial = await barWords(page, 0);
  const values = async () =>
    (await page.locator('.word-bars').first().locator('.bar-value').allInnerTexts()).map(parseFloat);
  expect(await page.locator('.relevance output').innerText()).toBe('characteristic words');
  await slider.fill('-1');
  const frequent = await barWords(page, 0);
  expect(frequent).not.toEqual(initial);
  expect(await values()).toEqual((await values()).sort((a, b) => b - a));
  await slider.focus();
  await page.keyboard.press('End');
  expect(await page.locator('.relevance output').innerText()).toBe('exclusive words only');
  const exclusive = await barWords(page, 0);
  expect(exclusive).not.toEqual(initial);
  expect(exclusive).not.toEqual(frequent);
  await page.getByRole('button', { name: 'as xtm topics lists them' }).click();
  expect(await barWords(page, 0)).toEqual(initial);
  expect(await slider.inputValue()).toBe('0');
  await page.keyboard.press('Tab');
}

async function checkSearch(page: Page): Promise<void> {
  const [, word] = await barWords(page, 1);
  await page.getByRole('searchbox').fill(word!);
  const found = page.locator('.found').filter({ has: page.getByText(word!, { exact: true }) }).first();
  await found.locator('a').first().click();
  expect(await page.locator('#search-results').isHidden()).toBe(true);
  expect(await barWords(page, 1)).toContain(word);
  await page.getByRole('searchbox').fill('no such word');
  expect(await page.locator('#search-results').innerText()).toContain('No word');
  await page.keyboard.press('Escape');
}

/** Contrast of two opaque colours as WCAG counts it, from 1 to 21. */
function contrast(...colours: readonly [string, string]): number {
  const [darker, lighter] = colours.map(luminance).sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = colour
    .match(/[\d.]+/g)!
    .map((part) =>
      Number(part) / 255 <= 0.03928 ? Number(part) / 255 / 12.92 : ((Number(part) / 255 + 0.055) / 1.055) ** 2.4,
    );
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function expectQuiet({ complaints, requests }: OpenedReport): void {
  expect({ complaints, requests }).toEqual({ complaints: [], requests: [] });
}

describe('the report of the demo', () => {
  let report: { readonly path: string; readonly bytes: number };
  beforeAll(async () => {
    report = await writeReport(await hostileDemo());
  });

  it('has every view, answers to pointer and keys, and asks for nothing', async () => {
    const opened = await openReport(browser, report.path);
    await checkViews(opened.page);
    await checkSelection(opened.page);
    await checkInitialWords(opened.page, join(folder, 'demo'));
    await checkSlider(opened.page);
    await checkSearch(opened.page);
    expect(await opened.page.locator('#warnings').count()).toBe(0);
    expect(await opened.page.locator('.caution').count()).toBe(0);
    expect(await opened.page.locator('#refinement .change.added').count()).toBeGreaterThan(0);
    expect(await opened.page.locator('#refinement .change.dropped').count()).toBeGreaterThan(0);
    expect(await opened.page.locator('.document-text mark').count()).toBeGreaterThan(5);
    expectQuiet(opened);
    await opened.page.close();
  });

  it('shows markup in words, labels, texts and names as text', async () => {
    const opened = await openReport(browser, report.path);
    const { page } = opened;
    await checkViews(page);
    await page.locator('#documents select').selectOption('0');
    expect(await page.locator('#topic-detail h3').innerText()).toBe(HOSTILE);
    expect(await page.locator('.documents').first().innerText()).toContain(HOSTILE);
    await page.getByRole('searchbox').fill('onerror');
    expect(await page.locator('.found strong').first().innerText()).toBe(HOSTILE_WORD);
    await page.locator('.found a').first().click();
    await page.locator('#map').scrollIntoViewIfNeeded();
    const map = (await page.locator('#map .chart').boundingBox())!;
    for (let step = 1; step < 20; step++)
      await page.mouse.move(map.x + (map.width * step) / 20, map.y + map.height * (0.3 + 0.02 * step));
    await page.locator('#map label', { hasText: 'label' }).click();
    expect(await page.locator('#map .legend').innerText()).toContain(HOSTILE);
    expect(await page.locator('img').count()).toBe(0);
    expectQuiet(opened);
    await page.close();
  });

  it.each([
    [390, 'dark'],
    [390, 'light'],
    [1920, 'dark'],
  ] as const)('fits %i pixels in the %s theme, and changes it', async (width, colorScheme) => {
    const opened = await openReport(browser, report.path, { width, colorScheme });
    const { page } = opened;
    await checkViews(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    const ground = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const before = await ground();
    await page.locator('.theme-toggle').click();
    expect(await ground()).not.toBe(before);
    expectQuiet(opened);
    await page.close();
  });

  it('draws every chart for print', async () => {
    const opened = await openReport(browser, report.path);
    await opened.page.emulateMedia({ media: 'print' });
    await opened.page.pdf({ format: 'A4' });
    expect(await opened.page.locator('.chart:not(:has(svg, canvas))').count()).toBe(0);
    expectQuiet(opened);
    await opened.page.close();
  });
});

describe('the report of a run in the size of a benchmark', () => {
  it('is small, and has every view though there are bags of words only', async () => {
    const { path, bytes } = await writeReport(await benchmark());
    expect(bytes).toBeLessThan(LARGEST_PAGE);
    const opened = await openReport(browser, path);
    await checkViews(opened.page);
    await checkSelection(opened.page);
    await checkSlider(opened.page);
    await checkSearch(opened.page);
    expect(await opened.page.locator('.document-words li').count()).toBeGreaterThan(50);
    expectQuiet(opened);
    await opened.page.close();
  });
});

it.each(['light', 'dark'] as const)(
  'a model that learnt nothing is warned of before anything else, in the %s theme',
  async (colorScheme) => {
    const { path } = await writeReport(await untrained());
    const opened = await openReport(browser, path, { colorScheme });
    const first = opened.page.locator('main > section').first();
    expect(await first.getAttribute('id')).toBe('warnings');
    expect(await first.innerText()).toContain('topics say little about the documents');
    expect((await first.boundingBox())!.y).toBeLessThan(150);
    const [text, ground] = (await first.evaluate(
      '(() => { const style = getComputedStyle(document.querySelector("#warnings")); return [style.color, ' +
        'style.backgroundColor]; })()',
    )) as [string, string];
    expect(contrast(text, ground)).toBeGreaterThan(7);
    for (const id of ['topics', 'prevalence'])
      expect(await opened.page.locator(`#${id} .caution`).innerText()).toContain(
        'cannot tell whether a topic is more frequent in one language',
      );
    expectQuiet(opened);
    await opened.page.close();
  },
);

it('the comparison of two runs has every view', async () => {
  const data = join(folder, 'demo-data');
  for (const seed of ['1', '2'])
    await command(
      'run',
      '--dataset',
      data,
      '--num-topics',
      '6',
      '--epochs',
      '3',
      '--batch-size',
      '32',
      '--seed',
      seed,
      '--classifiers',
      'none',
      '--runs-folder',
      folder,
      '--run',
      `compared-${seed}`,
    );
  const { path } = await writeReport(join(folder, 'compared-1'), join(folder, 'compared-2'), join(folder, 'demo'));
  const opened = await openReport(browser, path);
  for (const id of ['runs', 'figures', 'topics', 'training']) {
    const section = opened.page.locator(`#${id}`);
    await section.scrollIntoViewIfNeeded();
    expect((await section.innerText()).length).toBeGreaterThan(80);
  }
  await opened.page.locator('#figures .chart svg').first().waitFor();
  expect(await opened.page.locator('#topics tbody tr').count()).toBe(6);
  expectQuiet(opened);
  await opened.page.close();
});
