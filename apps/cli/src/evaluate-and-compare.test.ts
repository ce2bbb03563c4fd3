import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { misbehaviours, ProtocolServer } from '@xtm/llm/testing';
import { readEvaluation, readRunTopics } from '@xtm/pipeline';
import { runCommand, runCommandWith } from './testing/run-command';
import { smallDataset, type SmallDataset } from './testing/small-dataset';

const EPOCHS = [2, 12];
const SEEDS = [0, 1];
const KEY = 'sk-nobody-may-see-this';

let data: SmallDataset;
/** A copy of a run, so that evaluating it anew leaves the comparisons alone. */
let run: string;
let references: { en: string; zh: string };

beforeAll(async () => {
  data = await smallDataset();
  for (const epochs of EPOCHS) {
    for (const seed of SEEDS) {
      const result = await runCommand('run', '--dataset', data.dataset, '--runs-folder', data.folder, '--run', `epochs${epochs}-seed-${seed}`, '--num-topics', '4', '--top-words', '5', '--epochs', String(epochs), '--seed', String(seed), '--batch-size', '16', '--learning-rate', '0.01', '--classifiers', 'linear', '--model-option', 'dictionarySmoothing=0.01');
      expect(result).toMatchObject({ code: 0 });
    }
  }
  run = copyOf(runOf(12, 0));
  references = { en: writeReference('en'), zh: writeReference('cn') };
}, 120_000);
afterAll(() => data.remove());

function runOf(epochs: number, seed: number): string {
  return join(data.folder, `epochs${epochs}-seed-${seed}`);
}

function copyOf(path: string): string {
  const copy = `${path}-copy`;
  cpSync(path, copy, { recursive: true });
  return copy;
}

/** A copy of a run with the warnings and shares of a model that puts every document into one topic. */
function collapse(path: string): string {
  const copy = `${path}-collapsed`;
  cpSync(path, copy, { recursive: true });
  const evaluation = readEvaluation(path);
  const shares = { effective: 1.2, largest: 0.97, largestMainTopic: 1 };
  const warnings = evaluation.languages.map((language) => ({ kind: 'largeMainTopic', language, value: 1, limit: 0.5, message: `In ${language} 100 % of the documents have the same main topic.` }));
  writeFileSync(join(copy, 'metrics.json'), JSON.stringify({ ...evaluation, measures: { ...evaluation.measures, topicShares: { split: 'train', perLanguage: evaluation.languages.map(() => shares) } }, warnings }));
  return copy;
}

/** Documents of the planted topics in turn, so that line i of the languages is of the same topic. */
function writeReference(suffix: string): string {
  const lines = Array.from({ length: 40 }, (_, line) => [0, 1, 2, 3, 4, 5].filter((word) => (line + word) % 5 !== 0).map((word) => `${suffix}_${line % 4}_${word}`).join(' '));
  const file = join(data.folder, `reference.${suffix}.gz`);
  writeFileSync(file, gzipSync(`${lines.join('\n')}\n`));
  return file;
}

/** Every text that a run folder holds. */
function textsOf(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');
}

describe('xtm evaluate RUN', () => {
  it('tells every figure, and what it left out and why', async () => {
    const { code, out } = await runCommand('evaluate', run, '--classifiers', 'all');
    expect(code).toBe(0);
    expect(out).toMatch(/^figure +all +en +zh-Hans$/m);
    expect(out).toMatch(/^held-out NPMI( +-?\d\.\d{3}){3}$/m);
    expect(out).toMatch(/^nearestNeighbours, same language, accuracy( +[01]\.\d{3}){2}$/m);
    expect(out).toMatch(/^perplexity( +\d+\.\d+){3}$/m);
    expect(out).toMatch(/^effective topics of 4( +\d\.\d{3}){3}$/m);
    expect(out).toMatch(/^label information( +\d\.\d{3} \(\d\.\d{3}\)){3}$/m);
    expect(out).not.toContain('floor');
    expect(out).toContain('left out: CNPMI (no reference corpus was given)');
    expect(out).toContain('left out: LLM ratings (no chat model was given)');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('measures on training documents that it holds out, for choosing settings, and leaves the figures of the run alone', async () => {
    const before = readEvaluation(run);
    const { code, out } = await runCommand('evaluate', run, '--validation', '--classifiers', 'linear', '--json');
    expect(code).toBe(0);
    const { classification, perplexity } = (JSON.parse(out) as ReturnType<typeof readEvaluation>).measures;
    expect(classification).toMatchObject([{ classifier: 'linear', results: [{ kind: 'I' }, { kind: 'C' }, { kind: 'I' }, { kind: 'C' }] }]);
    expect(perplexity!.mean).not.toBe(before.measures.perplexity!.mean);
    expect(readEvaluation(run)).toEqual(before);
  });

  it('infers by other statistics with the same weights, and leaves the figures of the run alone', async () => {
    const before = readFileSync(join(run, 'metrics.json'), 'utf8');
    const figuresBy = async (normalisation: string) => {
      const { code, out } = await runCommand('evaluate', run, '--normalisation', normalisation, '--classifiers', 'none', '--json');
      expect(code).toBe(0);
      return (JSON.parse(out) as { measures: { documentCompletion: { mean: number }; topicShares: unknown } }).measures;
    };
    const [joint, perLanguage, running] = [await figuresBy('joint'), await figuresBy('per-language'), await figuresBy('running')];
    const { measures } = JSON.parse(before) as { measures: typeof joint };
    expect(joint.documentCompletion.mean).toBeCloseTo(measures.documentCompletion.mean, 5);
    expect(perLanguage.topicShares).not.toEqual(joint.topicShares);
    expect(running.topicShares).not.toEqual(joint.topicShares);
    expect(readFileSync(join(run, 'metrics.json'), 'utf8')).toBe(before);
  });

  it('counts a reference corpus, keeps the counts, and gets the same from them', async () => {
    const counts = join(data.folder, 'reference.counts');
    const config = join(data.folder, 'reference.yaml');
    writeFileSync(config, `parallel_corpus_tuples:\n  - [${references.en}, ${references.zh}]\n`);
    const counted = await runCommand('evaluate', run, '--classifiers', 'none', '--reference', `zh=${references.zh}`, '--reference', `en=${references.en}`);
    expect(counted.out).toMatch(/^CNPMI +0\.[1-9]\d\d$/m);
    expect(counted.out).toContain('CNPMI of zh-Hans and en: 40 pairs of documents, counting "documents"');
    const saved = await runCommand('evaluate', run, '--classifiers', 'none', '--reference-config', config, '--save-reference', counts, '--json');
    expect(readEvaluation(run)).toEqual(JSON.parse(saved.out));
    expect(readEvaluation(run).measures.topicQuality).toBeGreaterThan(0);
    const other = copyOf(runOf(12, 1));
    const direct = await runCommand('evaluate', other, '--classifiers', 'none', '--reference-config', config, '--json');
    const loaded = await runCommand('evaluate', other, '--classifiers', 'none', '--load-reference', counts, '--json');
    expect(JSON.parse(loaded.out)).toEqual(JSON.parse(direct.out));
  });

  it('places topics by the embedder that is named', async () => {
    const { out } = await runCommand('evaluate', run, '--classifiers', 'none', '--embedder', 'aligned', '--embedder-option', 'dimensions=8', '--csv');
    const figures = new Map((parse(out, { columns: true }) as { figure: string; value: string }[]).map(({ figure, value }) => [figure, Number(value)]));
    expect(figures.get('embeddingAlignment')).toBeGreaterThan(0.5);
    expect(figures.get('embeddingAlignment')).toBe(readEvaluation(run).measures.embeddingAlignment![0]!.mean);
  });

  it('prints LaTeX with what was left out beside it', async () => {
    const { out, log } = await runCommand('evaluate', run, '--classifiers', 'none', '--latex');
    expect(out).toMatch(/^\\begin\{tabular\}\{lrrr\}\n\\toprule\n/);
    expect(out.trimEnd()).toMatch(/\\end\{tabular\}$/);
    expect(out).not.toContain('left out');
    expect(log).toContain('left out: CNPMI');
  });

  it.each([
    [['--reference', 'en=x'], 'as many files of one language'],
    [['--reference', 'x'], 'name=value'],
    [['--reference', 'en=x', '--reference', 'fr=x'], 'en and zh-Hans'],
    [['--save-reference', 'x'], 'nothing to save'],
    [['--load-reference', 'x', '--reference-config', 'y'], 'say it once'],
    [['--llm-base-url', 'http://127.0.0.1:1/v1'], '--llm-model'],
    [['--rating-runs', '0'], 'ratingRuns'],
    [['--json', '--csv'], 'cannot be used with'],
    [['--topics', 'en=x'], 'either a run folder or --topics'],
  ])('%j is wrong use', async (flags, text) => {
    const result = await runCommand('evaluate', run, '--classifiers', 'none', ...flags);
    expect(result).toMatchObject({ code: 2, log: expect.stringContaining(text) });
  });
});

describe('ratings by a language model', () => {
  const replies = ['3', 'Rating: 2', '**3**/3', 'two', '', '5', 'I am sorry, but I cannot rate topics.'];
  let server: ProtocolServer;
  afterEach(() => server.close());

  function rate(...flags: readonly string[]) {
    const environment = { XTM_CACHE: join(data.folder, 'cache'), JUDGE_KEY: KEY };
    return runCommandWith(environment, 'evaluate', run, '--classifiers', 'none', '--llm-model', 'judge', '--llm-base-url', server.baseUrl, '--llm-key-variable', 'JUDGE_KEY', ...flags);
  }

  it('counts or discards each reply, says how many, and asks nothing twice', async () => {
    server = await ProtocolServer.start({ apiKey: KEY, answer: (_, call) => replies[call % replies.length]! });
    const { code, out, log } = await rate();
    expect(code).toBe(0);
    expect(server.chatCalls).toHaveLength(4 * (2 + 1) * 4);
    const remarks = [...out.matchAll(/^LLM ratings of .*: (\d+) replies of judge counted, (\d+) discarded$/gm)].map(([, counted, discarded]) => [Number(counted), Number(discarded)] as const);
    expect(remarks).toHaveLength(3);
    const expected = server.chatCalls.map((_, call) => call % replies.length < 4);
    expect(remarks.reduce((sum, [counted]) => sum + counted, 0)).toBe(expected.filter(Boolean).length);
    expect(remarks.reduce((sum, [, discarded]) => sum + discarded, 0)).toBe(expected.filter((counts) => !counts).length);
    expect(log).toContain('48 replies paid for, 0 from the cache');
    const { llmRatings } = readEvaluation(run).measures;
    for (const { mean } of [...llmRatings!.coherence, ...llmRatings!.similarity]) expect(mean).toBeGreaterThanOrEqual(2);

    const again = await rate('--json');
    expect(again.log).toContain('0 replies paid for, 48 from the cache');
    expect(server.chatCalls).toHaveLength(48);
    expect((JSON.parse(again.out) as { measures: unknown }).measures).toMatchObject({ llmRatings: { coherence: llmRatings!.coherence.map(({ mean }) => ({ mean })) } });
    expect(`${out}${log}${textsOf(run)}${textsOf(join(data.folder, 'cache'))}`).not.toContain(KEY);
  });

  it('tells the model what the documents are, as often as asked', async () => {
    server = await ProtocolServer.start({ apiKey: KEY, answer: () => '3' });
    expect(await rate('--description', 'reviews of planted goods', '--rating-runs', '1', '--rating-temperature', '0.5')).toMatchObject({ code: 0 });
    expect(server.chatCalls).toHaveLength(12);
    for (const { body } of server.chatCalls) {
      expect(JSON.stringify(body)).toContain('reviews of planted goods');
      expect(body).toMatchObject({ temperature: 0.5 });
    }
  });

  it('keeps to the budget, and leaves the figures as they were', async () => {
    server = await ProtocolServer.start({ apiKey: KEY, answer: () => '3' });
    const before = readFileSync(join(run, 'metrics.json'), 'utf8');
    expect(await rate('--description', 'something else', '--max-calls', '5')).toMatchObject({ code: 1, log: expect.stringContaining('maxCalls') });
    expect(server.chatCalls.length).toBeLessThanOrEqual(5);
    expect(readFileSync(join(run, 'metrics.json'), 'utf8')).toBe(before);
  });

  it('stops with one clear error when the key is refused', async () => {
    server = await ProtocolServer.start({ misbehave: () => misbehaviours.unauthorised() });
    const result = await rate('--description', 'refused');
    expect(result).toMatchObject({ code: 1, log: expect.stringContaining('error: http') });
    expect(existsSync(join(run, 'lock.json'))).toBe(false);
  });
});

describe('xtm evaluate --topics', () => {
  it('gives topics of other tools the same figures as the run that they come from', async () => {
    const files = [['en', 'en'], ['zh-Hans', 'cn']].flatMap(([code, suffix]) => {
      const file = join(data.folder, `other_${suffix}.json`);
      writeFileSync(file, JSON.stringify(readRunTopics(run).topics.map(({ words }) => words[suffix!]!.map(({ word }) => word))));
      return ['--topics', `${code}=${file}`];
    });
    const { measures } = JSON.parse((await runCommand('evaluate', ...files, '--dataset', data.dataset, '--reference', `en=${references.en}`, '--reference', `zh=${references.zh}`, '--json')).out) as ReturnType<typeof readEvaluation>;
    await runCommand('evaluate', run, '--classifiers', 'none', '--reference', `en=${references.en}`, '--reference', `zh=${references.zh}`);
    const ofRun = readEvaluation(run).measures;
    for (const measure of ['topicUniqueness', 'topicDiversity', 'inverseRankBiasedOverlap', 'npmi', 'cnpmi', 'topicQuality', 'dictionaryAgreement'] as const) {
      expect(measures[measure]).toBeDefined();
      expect(measures[measure]).toEqual(ofRun[measure]);
    }
  });

  it('reads OCTIS output and takes the languages as said', async () => {
    const octis = join(data.folder, 'octis.json');
    writeFileSync(octis, JSON.stringify({ topics: [['film', 'actor'], ['phone', 'film']], 'topic-word-matrix': [[1]] }));
    const lines = join(data.folder, 'topics.txt');
    writeFileSync(lines, '电影 演员\n手机 充电器\n');
    const { out } = await runCommand('evaluate', '--topics', octis, '--topics', lines, '--languages', 'en,zh-Hans:cn', '--csv');
    expect(parse(out, { columns: true })).toEqual(expect.arrayContaining([{ figure: 'topicUniqueness/en', value: '0.75' }, { figure: 'topicUniqueness/zh-Hans', value: '1' }]));
    expect((await runCommand('evaluate', '--topics', `cn=${lines}`, '--topics', `en=${octis}`, '--languages', 'en,zh-Hans:cn', '--csv')).out).toContain('topicUniqueness/en,0.75');
    expect(await runCommand('evaluate', '--topics', octis, '--topics', lines)).toMatchObject({ code: 2, log: expect.stringContaining('--languages') });
    expect(await runCommand('evaluate', '--topics', `en=${octis}`, '--topics', `fr=${lines}`, '--languages', 'en,zh')).toMatchObject({ code: 2, log: expect.stringContaining('"fr" is none') });
  });
});

describe('xtm compare', () => {
  const allRuns = () => EPOCHS.flatMap((epochs) => SEEDS.map((seed) => runOf(epochs, seed)));

  it('puts methods side by side over seeds, with deviation, difference, test and agreement, in 100 columns', async () => {
    const { code, out } = await runCommand('compare', ...allRuns(), '--all');
    expect(code).toBe(0);
    const number = String.raw`[+-]?\d+\.\d+`;
    expect(out).toMatch(/^figure +epochs2 +epochs12 +difference +p$/m);
    expect(out).toMatch(new RegExp(String.raw`^topic uniqueness +en +${number} ± ${number} +${number} ± ${number} +${number} +[01]\.\d{3}$`, 'm'));
    expect(out).toMatch(new RegExp(`^topic agreement over seeds +${number} +${number}$`, 'm'));
    expect(out).toContain('epochs2: mean ± standard deviation over the seeds 0, 1');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('shows means unless told otherwise, those of documents first, and floors never', async () => {
    const figures = (await runCommand('compare', ...allRuns())).out.split('\n').map((line) => line.split(/ {2,}/)[0]);
    expect(figures.slice(1, 3)).toEqual(['effective topics', 'largest main topic (less is better)']);
    expect(figures).toEqual(expect.arrayContaining(['coverage gain', 'document completion', 'label information', 'topic uniqueness']));
    expect(figures).not.toContain('topic uniqueness en');
    expect((await runCommand('compare', ...allRuns(), '--all')).out).not.toContain('floor');
  });

  it('shows a run whose documents have one topic to be worse, and warns of it', async () => {
    const collapsed = collapse(runOf(12, 0));
    const warnings = readEvaluation(collapsed).warnings.map(({ kind }) => kind);
    expect(warnings).toContain('largeMainTopic');
    const { out } = await runCommand('compare', runOf(12, 0), collapsed);
    expect(out).toMatch(/^effective topics +[34]\.\d+ +1\.\d+ +-\d/m);
    expect(out).toMatch(/^largest main topic \(less is better\) +0\.\d+ +1\.000 +\+0/m);
    expect(out).toMatch(/^warning: epochs12-seed-0-collapsed: topics say little about the documents/m);
    expect(out).not.toMatch(/^warning: epochs12-seed-0:/m);
  });

  it('prints the same as CSV, JSON and LaTeX', async () => {
    const records = parse((await runCommand('compare', ...allRuns(), '--csv')).out, { columns: true }) as Record<string, string>[];
    const json = JSON.parse((await runCommand('compare', ...allRuns(), '--json')).out) as { rows: { figure: string; methods: { method: string; mean: number; difference?: number; test?: { pValue: number } }[] }[]; methods: { stability: { perTopic: number[] } }[] };
    const [first, second] = json.rows.find(({ figure }) => figure === 'purity')!.methods;
    expect(first!.mean).toBeCloseTo(SEEDS.reduce((sum, seed) => sum + readEvaluation(runOf(2, seed)).measures.purity!, 0) / SEEDS.length, 12);
    expect(records.filter(({ figure }) => figure === 'purity')).toMatchObject([
      { method: 'epochs2', mean: String(first!.mean), difference: '', seeds: '2' },
      { method: 'epochs12', mean: String(second!.mean), difference: String(second!.difference), pValue: String(second!.test!.pValue) },
    ]);
    expect(json.methods.map(({ stability }) => stability.perTopic.length)).toEqual([4, 4]);
    const latex = (await runCommand('compare', ...allRuns(), '--latex')).out;
    expect(latex).toContain('\\begin{tabular}{lrrrr}');
    expect(latex).toContain('$\\pm$');
  });

  it('shows single runs with differences, and keeps seeds apart when asked', async () => {
    const single = await runCommand('compare', runOf(2, 0), runOf(12, 0));
    expect(single.out).toMatch(/^figure +epochs2-seed-0 +epochs12-seed-0 +difference$/m);
    expect(single.out).not.toContain('±');
    const apart = await runCommand('compare', runOf(12, 0), runOf(12, 1), '--no-group-seeds');
    expect(apart.out).toMatch(/epochs12-seed-0 +epochs12-seed-1 +difference/);
  });

  it('says which run has no figures', async () => {
    expect(await runCommand('compare', runOf(2, 0), join(data.folder, 'nowhere'))).toMatchObject({ code: 1, log: expect.stringContaining('nowhere') });
    expect(await runCommand('compare')).toMatchObject({ code: 2 });
  });
});
