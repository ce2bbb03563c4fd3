import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { decodeSafetensors, encodeSafetensors } from '@xtm/tensor';
import { runCommand } from './testing/run-command';

/** Run folders as xtm wrote them before they said their format; its README says how. */
const FIXTURES = resolve(__dirname, '../../../packages/pipeline/fixtures/format-1');

let folder: string;
let data: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-old-runs-'));
  cpSync(FIXTURES, folder, { recursive: true });
  data = join(folder, 'data');
  writeFileSync(join(folder, 'new.txt'), 'guitar piano song drum\nbread soup cheese\n');
  makeOlder('older', 'phase-one');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Content = Readonly<Record<string, unknown>>;

/** A copy of a run as versions before it wrote them: without decoder's weights, rankings, normalisation and warnings. */
function makeOlder(name: string, of: string): void {
  const run = join(folder, name);
  cpSync(join(folder, of), run, { recursive: true });
  for (const file of readdirSync(run)) if (file.startsWith('topicWeights_')) rmSync(join(run, file));
  const rewrite = (file: string, change: (content: Content) => Content): void =>
    writeFileSync(
      join(run, file),
      JSON.stringify(change(JSON.parse(readFileSync(join(run, file), 'utf8')) as Content)),
    );
  const early = ({
    normalisation: _normalisation,
    batchNormalisation: _batch,
    dictionaryShare: _share,
    relativeSmoothing: _smoothing,
    ...options
  }: Content): Content => options;
  rewrite('config.json', ({ settings, ...config }) => {
    const { wordRanking: _ranking, modelOptions, ...others } = settings as Content;
    return { ...config, settings: { ...others, modelOptions: early(modelOptions as Content) } };
  });
  rewrite('topics.json', ({ ranking: _ranking, ...topics }) => topics);
  rewrite('metrics.json', ({ warnings: _warnings, ...metrics }) => metrics);
  const file = join(run, 'model.safetensors');
  const { tensors, metadata } = decodeSafetensors(readFileSync(file), file);
  const { wordRanking: _ranking, modelOptions, ...facts } = JSON.parse(metadata['xtm']!) as Content;
  const kept = new Map([...tensors].filter(([tensor]) => !tensor.startsWith('topicWeights.')));
  writeFileSync(
    file,
    encodeSafetensors(kept, { xtm: JSON.stringify({ ...facts, modelOptions: early(modelOptions as Content) }) }),
  );
}

describe.each(['phase-one', 'refined', 'older'])('the run folder %s of an earlier version', (name) => {
  it('shows its topics, with what people made of them', async () => {
    const { code, out } = await runCommand('topics', join(folder, name));
    expect(code).toBe(0);
    expect(out).toContain(name === 'refined' ? 'Music' : 'guitar');
  });

  it('infers topics of new documents', async () => {
    const { code, out } = await runCommand(
      'infer',
      join(folder, name),
      join(folder, 'new.txt'),
      '--language',
      'en',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toHaveLength(2);
  });

  it('exports its documents', async () => {
    const { code, out } = await runCommand('export', join(folder, name));
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(1 + 2 * 18);
    expect(out).toContain('en1,en,train,food');
  });

  it('reports, with its dataset and without', async () => {
    const run = join(folder, name);
    expect(await runCommand('report', run, '--dataset', data)).toMatchObject({ code: 0 });
    expect(existsSync(join(run, 'report.html'))).toBe(true);
    expect(await runCommand('report', run, '--no-documents', '--out', join(folder, 'page.html'))).toMatchObject({
      code: 0,
    });
  });

  it('is evaluated again', async () => {
    const run = join(folder, name);
    const config = readFileSync(join(run, 'config.json'), 'utf8');
    const before = JSON.parse(readFileSync(join(run, 'metrics.json'), 'utf8')) as { topWords: number };
    const { code, out } = await runCommand('evaluate', run, '--dataset', data, '--classifiers', 'none', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ languages: ['en', 'de'], numTopics: 3, topWords: before.topWords });
    expect(readFileSync(join(run, 'config.json'), 'utf8')).toBe(config);
  });
});

it('compares runs of earlier versions with each other', async () => {
  const { code, out } = await runCommand('compare', join(folder, 'phase-one'), join(folder, 'refined'));
  expect(code).toBe(0);
  expect(out).toContain('refined');
  expect(await runCommand('report', join(folder, 'phase-one'), join(folder, 'older'))).toMatchObject({ code: 0 });
});

it.each(['phase-one', 'older'])("goes on from %s with phase 2, in a folder of today's format", async (name) => {
  const flags = ['--refine-epochs', '2', '--rounds', '2', '--refined-words', '4', '--embedder-option', 'dimensions=3'];
  expect(await runCommand('refine', join(folder, name), '--dataset', data, ...flags)).toMatchObject({ code: 0 });
  const config = JSON.parse(readFileSync(join(folder, `${name}-refined`, 'config.json'), 'utf8')) as {
    formatVersion: number;
    settings: Content;
  };
  expect(config).toMatchObject({
    formatVersion: 2,
    settings: { phaseOne: name, wordRanking: name === 'older' ? 'weights' : 'characteristic' },
  });
});

it('does not touch a run that a newer version wrote', async () => {
  const run = join(folder, 'newer');
  cpSync(join(folder, 'phase-one'), run, { recursive: true });
  writeFileSync(join(run, 'config.json'), JSON.stringify({ formatVersion: 3 }));
  for (const command of [
    ['topics', run],
    ['topics', run, '--hide', '1'],
    ['infer', run, join(folder, 'new.txt'), '--language', 'en'],
    ['refine', run],
    ['report', run],
    ['compare', run],
  ]) {
    expect(await runCommand(...command)).toMatchObject({
      code: 1,
      log: expect.stringContaining('Update xtm') as string,
    });
  }
});
