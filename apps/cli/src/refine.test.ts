import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './testing/run-command';
import { smallDataset, type SmallDataset } from './testing/small-dataset';

let data: SmallDataset;
beforeAll(async () => {
  data = await smallDataset();
});
afterAll(() => data.remove());

const TRAINING = ['--num-topics', '4', '--epochs', '10', '--batch-size', '16', '--learning-rate', '0.01', '--classifiers', 'linear', '--model-option', 'dictionarySmoothing=0.01', '--top-words', '6'];
const PHASE_TWO = ['--refine-epochs', '5', '--refine-every', '3', '--rounds', '2', '--refined-words', '6', '--word-loss-weight', '500', '--embedder-option', 'dimensions=8'];

function events(run: string): Record<string, unknown>[] {
  return readFileSync(join(data.folder, run, 'events.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
}

function losses(run: string): unknown[] {
  return events(run).filter(({ type }) => type === 'epoch').map(({ epoch, stage, losses: parts }) => [epoch, stage, parts]);
}

it('adds phase 2 to a finished phase 1, as a run with both phases does it', async () => {
  const place = ['--dataset', data.dataset, '--runs-folder', data.folder];
  expect(await runCommand('run', ...place, ...TRAINING, '--run', 'one')).toMatchObject({ code: 0 });
  const refined = await runCommand('refine', join(data.folder, 'one'), ...PHASE_TWO, '--run', 'one-two', '--threads', '1');
  expect(refined).toMatchObject({ code: 0 });
  expect(refined.log).toContain('10 + 5 epochs, refined by corpus');
  expect(await runCommand('run', ...place, ...TRAINING, ...PHASE_TWO, '--refiner', 'corpus', '--run', 'both')).toMatchObject({ code: 0 });
  expect(losses('one-two')).toHaveLength(15);
  expect(losses('one-two')).toEqual(losses('both'));
  expect(losses('one-two').slice(0, 10)).toEqual(losses('one'));
  expect(events('both').filter(({ type }) => type === 'refinement').map(({ epoch }) => epoch)).toEqual([11, 14]);
  expect(readdirSync(join(data.folder, 'one-two'))).toContain('refinements.jsonl');
  const { settings, sources } = JSON.parse(readFileSync(join(data.folder, 'one-two', 'config.json'), 'utf8')) as { settings: object; sources: object };
  expect(settings).toMatchObject({ embedderOptions: { dimensions: 8, documentReweighting: 0 } });
  expect(sources).toMatchObject({ 'embedders.aligned.documentReweighting': 'default' });
});

it('takes settings of phase 2 by their former names, and says so of a file', async () => {
  const config = join(data.folder, 'former.yaml');
  writeFileSync(config, 'refinement:\n  epochs: 1\nrefiner: corpus\n');
  const flags = ['--dataset', data.dataset, '--runs-folder', data.folder, ...TRAINING, '--rounds', '1', '--refinement-option', 'topWords=5'];
  const { code, log } = await runCommand('run', ...flags, '--config', config, '--run', 'former');
  expect({ code, log }).toMatchObject({ code: 0, log: expect.stringContaining('refinement.epochs is now called refineEpochs') });
  const { settings } = JSON.parse(readFileSync(join(data.folder, 'former', 'config.json'), 'utf8')) as { settings: object };
  expect(settings).toMatchObject({ refinement: { epochs: 1, topWords: 5 } });
});

it('refines a run that has a phase 2 anew, from the end of its phase 1', async () => {
  const other = [...PHASE_TWO, '--rounds', '1', '--threads', '1'];
  expect(await runCommand('refine', join(data.folder, 'both'), ...other)).toMatchObject({ code: 0 });
  expect(await runCommand('refine', join(data.folder, 'one'), ...other, '--run', 'once')).toMatchObject({ code: 0 });
  expect(losses('both-refined')).toEqual(losses('once'));
  expect(losses('both-refined')).not.toEqual(losses('both'));
});

it('refuses a run that is not finished', async () => {
  expect(await runCommand('refine', join(data.folder, 'nowhere'))).toMatchObject({ code: 1, log: expect.stringContaining('config.json') });
});

it('goes on with the embeddings that phase 1 learnt from, and with no others', async () => {
  const place = ['--dataset', data.dataset, '--runs-folder', data.folder];
  const training = ['--model', 'xtra', '--num-topics', '4', '--epochs', '2', '--batch-size', '16', '--classifiers', 'none', '--embedder-option', 'dimensions=6'];
  const phaseTwo = ['--refine-epochs', '2', '--rounds', '1'];
  expect(await runCommand('run', ...place, ...training, '--run', 'xtra')).toMatchObject({ code: 0 });
  expect(await runCommand('refine', join(data.folder, 'xtra'), ...phaseTwo)).toMatchObject({ code: 0 });
  expect(await runCommand('run', ...place, ...training, ...phaseTwo, '--refiner', 'corpus', '--run', 'xtra-both')).toMatchObject({ code: 0 });
  expect(losses('xtra-refined')).toEqual(losses('xtra-both'));
  expect(await runCommand('refine', join(data.folder, 'xtra'), '--run', 'x', '--embedder-option', 'dimensions=5')).toMatchObject({ code: 2, log: expect.stringContaining('embedderOptions: were {"dimensions":6}: phase 1 of xtra learnt from its embedder') });
  expect(await runCommand('refine', join(data.folder, 'xtra'), '--run', 'x', '--embedder', 'precomputed')).toMatchObject({ code: 2, log: expect.stringContaining('embedder: was aligned') });
});

it('lets InfoCTM, whose word vectors may come with the dataset, choose its embedder for phase 2', async () => {
  const place = ['--dataset', data.dataset, '--runs-folder', data.folder];
  expect(await runCommand('run', ...place, '--model', 'infoctm', '--num-topics', '4', '--epochs', '1', '--batch-size', '16', '--classifiers', 'none', '--run', 'infoctm')).toMatchObject({ code: 0 });
  expect(await runCommand('refine', join(data.folder, 'infoctm'), '--refine-epochs', '1', '--rounds', '1', '--embedder-option', 'dimensions=6')).toMatchObject({ code: 0 });
});

it('refuses phase 2 without an embedder', async () => {
  expect(await runCommand('refine', join(data.folder, 'one'), '--embedder', 'none', '--run', 'x')).toMatchObject({ code: 1, log: expect.stringContaining('phase 2 needs wordEmbeddings') });
});
