import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FilledLine, type FilledTable, fillTable } from './fill-table';
import { overview, table2, table5 } from './paper-tables';
import { readRunResults } from './read-run-results';
import { keptRun } from './testing/kept-run';
import { writeMarkdown } from './write-markdown';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-reproduce-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NMTM = { model: 'nmtm', epochs: 230 };
const NO_REFERENCE = [{ measure: 'cnpmi', reason: 'there is no reference corpus' }];

function linesOf({ sections }: FilledTable, method: string): FilledLine[] {
  return sections[0]!.lines.filter((line) => line.method === method);
}

describe('fillTable', () => {
  it("has means and deviations over seeds beside the paper's numbers, differences, and the public code's run", () => {
    for (const [seed, topicUniqueness] of [
      [0, 0.6],
      [1, 0.7],
      [2, 0.8],
    ] as const)
      keptRun(folder, {
        name: `amazon-review-nmtm-${seed}`,
        settings: { ...NMTM, seed },
        topicUniqueness,
        omitted: NO_REFERENCE,
      });
    const [ours, paper, difference, publicCode, ...others] = linesOf(
      fillTable(table2, readRunResults(folder), { datasets: ['amazon-review'] }),
      'NMTM',
    );
    expect(others).toEqual([]);
    expect(ours).toMatchObject({ kind: 'ours', note: 'seeds 0, 1, 2' });
    expect(ours!.cells[1]!.value).toBeCloseTo(0.7, 12);
    expect(ours!.cells[1]!.deviation).toBeCloseTo(0.1, 12);
    expect(ours!.cells[0]!.missing).toContain('WikiComp-2014');
    expect(paper!.cells.map(({ value }) => value)).toEqual([0.043, 0.61, 0.026]);
    expect(difference!.cells[1]!.value).toBeCloseTo(0.09, 12);
    expect(difference!.cells[1]!.beyondTolerance).toBe(true);
    expect(difference!.cells[0]).toEqual({});
    expect(publicCode).toMatchObject({ kind: 'publicCode', note: 'seed 0' });
    expect(publicCode!.cells[1]!.value).toBeCloseTo(0.6587, 4);
  });

  it('has a line a classifier, and says where one was left out', () => {
    keptRun(folder, { name: 'amazon-review-nmtm-0', settings: { ...NMTM, seed: 0 }, accuracy: { linear: 0.77 } });
    const [linear, rbf, paper, first, ...others] = linesOf(
      fillTable(table5, readRunResults(folder), { datasets: ['amazon-review'] }),
      'NMTM',
    );
    expect([linear!.note, rbf!.note, first!.note]).toEqual(['linear SVM; seed 0', 'RBF SVM; seed 0', 'linear SVM']);
    expect(others.map(({ kind }) => kind)).toEqual(['publicCode', 'publicCode']);
    expect(linear!.cells[0]).toEqual({ value: 0.77 });
    expect(rbf!.cells[0]!.missing).toContain('xtm evaluate RUN --classifiers both');
    expect(paper!.cells[0]!.value).toBe(0.7859);
    expect(first!.cells[0]!.value).toBeCloseTo(-0.0159, 12);
  });

  it('names the seeds that a line or a cell is of where others lack it', () => {
    for (const [seed, accuracy] of [
      [0, { linear: 0.7 }],
      [1, { linear: 0.8, rbf: 0.9 }],
    ] as const)
      keptRun(folder, {
        name: `amazon-review-nmtm-${seed}`,
        settings: { ...NMTM, seed },
        topicUniqueness: 0.6,
        accuracy,
      });
    keptRun(folder, { name: 'amazon-review-nmtm-2', settings: { ...NMTM, seed: 2 }, topicUniqueness: 0.6 });
    const results = readRunResults(folder);
    expect(
      linesOf(fillTable(table5, results, { datasets: ['amazon-review'] }), 'NMTM')
        .slice(0, 2)
        .map(({ note }) => note),
    ).toEqual(['linear SVM; seeds 0, 1', 'RBF SVM; seed 1']);
    const mixed = fillTable(overview, results, { datasets: ['amazon-review'] });
    const [linear] = linesOf(mixed, 'NMTM');
    expect(linear!.note).toBe('linear SVM; seeds 0, 1, 2');
    expect(linear!.cells[3]).toMatchObject({ value: 0.75, seeds: [0, 1] });
    const text = writeMarkdown(mixed);
    const [, mark] = /\| 0\.750 ± 0\.071 (\[\d+\]) \|/.exec(text)!;
    expect(text).toContain(`${mark!} seeds 0, 1 only`);
  });

  it('says what is missing for each cell: time, a language model, embeddings', () => {
    const filled = fillTable(table2, [], { datasets: ['rakuten-amazon'] });
    expect(linesOf(filled, 'InfoCTM')[0]!.cells[1]!.missing).toMatch(
      /not run here: about \d+\.\d h of one core a seed/,
    );
    expect(linesOf(filled, 'InfoCTM + LLM-XTM')[0]!.cells[1]!.missing).toMatch(/--llm-model.*bge-m3/);
    expect(linesOf(filled, 'InfoCTM + corpus refiner, aligned vectors')).toHaveLength(1);
    expect(linesOf(filled, 'InfoCTM').map(({ kind }) => kind)).toEqual(['ours', 'paper']);
  });

  it('tells what is not the paper\'s: epochs and embeddings', () => {
    keptRun(folder, {
      name: 'amazon-review-xtra-0',
      settings: { model: 'xtra', seed: 0, epochs: 150, embedder: 'aligned' },
    });
    keptRun(folder, {
      name: 'amazon-review-xtra-0-refined',
      settings: { model: 'xtra', seed: 0, epochs: 800, embedder: 'aligned', refiner: 'corpus' },
    });
    const filled = fillTable(table2, readRunResults(folder), { datasets: ['amazon-review'] });
    expect(linesOf(filled, 'XTRA')[0]!.note).toBe('seed 0; 150 epochs in place of 800; aligned vectors');
    expect(linesOf(filled, 'XTRA + corpus refiner, aligned vectors')[0]!.note).toBe('seed 0');
  });

  it('says nothing of embeddings where the benchmark has word vectors of its own', () => {
    keptRun(folder, {
      name: 'amazon-review-infoctm-0',
      settings: { model: 'infoctm', seed: 0, epochs: 60, embedder: 'aligned' },
    });
    expect(
      linesOf(fillTable(table2, readRunResults(folder), { datasets: ['amazon-review'] }), 'InfoCTM')[0]!.note,
    ).toBe('seed 0; 60 epochs in place of 530');
  });

  it('keeps quick runs apart and labels them', () => {
    keptRun(folder, { name: 'amazon-review-nmtm-0-quick', settings: { ...NMTM, epochs: 10, seed: 0 } });
    const results = readRunResults(folder);
    const options = { datasets: ['amazon-review'] };
    expect(linesOf(fillTable(table2, results, options), 'NMTM')[0]!.cells[1]!.missing).toBeDefined();
    const quick = fillTable(table2, results, { ...options, quick: true });
    expect(linesOf(quick, 'NMTM')[0]).toMatchObject({ note: 'seed 0; 10 epochs in place of 230' });
    expect(writeMarkdown(quick)).toContain('Quick look');
  });

  it.each([
    ['amazon-review-nmtm-0', { ...NMTM, model: 'xtra', seed: 0 }, 'amazon-review-xtra-0'],
    [
      'amazon-review-xtra-0',
      { model: 'xtra', seed: 0, clusters: 'embedder' },
      'amazon-review-xtra-0-computed-clusters',
    ],
    ['amazon-review-nmtm-0-llm', { ...NMTM, seed: 0, refiner: 'corpus' }, 'amazon-review-nmtm-0-refined'],
  ])("refuses %s if its configuration is another's", (name, settings, expected) => {
    keptRun(folder, { name, settings });
    expect(() => readRunResults(folder)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('not what its name says'),
        advice: expect.stringContaining(`${expected}.`),
      }),
    );
  });
});

describe('writeMarkdown', () => {
  it('writes rows whose cells are as many as the columns, and explains every mark', () => {
    keptRun(folder, {
      name: 'amazon-review-nmtm-0',
      settings: { ...NMTM, seed: 0 },
      topicUniqueness: 0.7,
      omitted: NO_REFERENCE,
    });
    const text = writeMarkdown(fillTable(table2, readRunResults(folder), { datasets: ['amazon-review'] }));
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
    expect(text).toContain('| NMTM | ours, seed 0 | [');
    expect(text).toContain('|  | difference |  | +0.090 ! |  |');
    const marks = new Set([...text.matchAll(/\| (\[\d+\]) /g)].map(([, mark]) => mark));
    for (const mark of marks) expect(text).toContain(`\n${mark!} `);
  });
});
