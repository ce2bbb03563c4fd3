import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultPreprocessing, findPublicDataset, writeDataset } from '@xtm/data';
import { syntheticCorpus } from '@xtm/data/testing';
import { ProtocolServer } from '@xtm/llm/testing';
import { SeededGenerator } from '@xtm/numeric';
import { readEvaluation, readRefinementRounds, readRunConfig } from '@xtm/pipeline';
import { faithfulAnswers } from '@xtm/refiner/testing';
import { table3 } from './paper-tables';
import { type Reproduction, reproduceTable, runStates } from './reproduce-table';

const BENCHMARK = findPublicDataset('rakuten-amazon');

let folder: string;
let server: ProtocolServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-reproduce-'));
  server = await ProtocolServer.start({ answer: faithfulAnswers() });
  await writeBenchmark();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A planted corpus in the place and layout of a benchmark. */
async function writeBenchmark(): Promise<void> {
  const planted = syntheticCorpus({ generator: new SeededGenerator(5), trainDocuments: [60, 45], testDocuments: 12 });
  const { languages } = BENCHMARK;
  const corpus = { ...planted, languages: planted.languages.map((one, i) => ({ ...one, language: languages[i]! })) };
  const preprocessing = defaultPreprocessing(languages, 'whitespace');
  const place = join(folder, BENCHMARK.folder);
  await writeDataset(place, { corpus, descriptor: { languages }, preprocessing, warnings: [] });
  mkdirSync(join(folder, BENCHMARK.dictionary, '..'), { recursive: true });
  renameSync(join(place, 'dictionary.txt'), join(folder, BENCHMARK.dictionary));
  for (const name of ['dataset.json', 'preprocessing.json']) rmSync(join(place, name));
}

/** NMTM alone, with a language model, and with one that is asked once. */
const ROWS = ['NMTM', 'NMTM + LLM-XTM', 'NMTM + LLM-XTM, without self-consistency'];
const ALONE = 'rakuten-amazon-nmtm-0-quick';
const NAMES = [ALONE, `${ALONE}-llm`, `${ALONE}-llm-without-self-consistency`];

const reproduction = (languageModel: boolean): Reproduction => ({
  table: { ...table3, rows: table3.rows.filter(({ method }) => ROWS.includes(method.label)) },
  options: { datasets: [BENCHMARK.name], quick: true, epochs: { nmtm: 2 }, languageModel },
  places: { runsFolder: join(folder, 'runs'), datasetsFolder: folder },
  shared: {
    backend: 'wasm',
    threads: 1,
    ...(languageModel && { llmBaseUrl: server.baseUrl, llmModel: 'local', llmOption: { replyFolder: false } }),
  },
});

describe('reproduceTable with a language model', () => {
  it('trains phase 1 once, asks as often as was estimated, and fills the rows', async () => {
    const planned = runStates(reproduction(true));
    expect(planned.map(({ run: { name, calls }, finished }) => [name, calls, finished])).toEqual([
      [NAMES[0], 0, false],
      [NAMES[1], 5, false],
      [NAMES[2], 1, false],
    ]);
    const trained: string[] = [];
    const onRun = ({ name }: { readonly name: string }) => trained.push(name);
    const filled = await reproduceTable(reproduction(true), { environment: {}, onRun });
    expect(trained).toEqual(NAMES);
    expect(server.calls).toHaveLength(6);
    const runs = NAMES.map((name) => join(folder, 'runs', name));
    expect(runs.map((path) => readRefinementRounds(path).length)).toEqual([0, 5, 1]);
    expect(readRunConfig(runs[1]!).settings).toMatchObject({
      phaseOne: ALONE, refiner: 'openai', llm: { model: 'local' }, refinement: { rounds: 5, epochs: 2 },
    });
    const column = table3.columns('ja').findIndex(({ title }) => title === 'TU');
    const lines = filled.sections[0]!.lines.filter(({ kind }) => kind === 'ours');
    const ours = ROWS.map((row) => lines.find(({ method }) => method === row));
    expect(ours.map((line) => line!.cells[column]!.value)).toEqual(
      runs.map((path) => readEvaluation(path).measures.topicUniqueness!.mean),
    );
  }, 120_000);

  it('uses the runs that are there, without a language model as well', async () => {
    const asked = server.calls.length;
    const trained: string[] = [];
    const onRun = ({ name }: { readonly name: string }) => trained.push(name);
    const filled = await reproduceTable(reproduction(false), { environment: {}, onRun });
    expect([trained, server.calls.length]).toEqual([[], asked]);
    const lines = filled.sections[0]!.lines.filter(({ kind }) => kind === 'ours');
    expect(lines.map(({ method }) => method)).toEqual(expect.arrayContaining(ROWS));
  });
});
