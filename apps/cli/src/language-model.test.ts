import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createRefinementAnswers, misbehaviours, ProtocolServer, type ProtocolServerOptions } from '@xtm/llm/testing';
import { SeededGenerator } from '@xtm/numeric';
import { runCommandWith, type CommandResult } from './testing/run-command';
import { smallDataset, type SmallDataset } from './testing/small-dataset';

const KEY = 'sk-secret-7f3a9c';
const ROUNDS = 3;

/** Words as a language model writes them: letters alone. */
function plainWord(word: string): string {
  return word.replace(/_/g, '').replace(/\d/g, (digit) => 'qwertyuiop'[Number(digit)]!);
}

let data: SmallDataset;
let server: ProtocolServer;
beforeEach(async () => {
  data = await smallDataset(plainWord);
});
afterEach(async () => {
  await server.close();
  data.remove();
});

async function serve(options: ProtocolServerOptions = {}): Promise<void> {
  server = await ProtocolServer.start({ answer: createRefinementAnswers({ generator: new SeededGenerator(1), foreignRate: 0.1 }), apiKey: KEY, ...options });
}

function run(name: string, ...flags: string[]): Promise<CommandResult> {
  const place = ['--dataset', data.dataset, '--runs-folder', data.folder, '--run', name];
  const training = ['--num-topics', '4', '--epochs', '4', '--batch-size', '16', '--top-words', '5', '--classifiers', 'none'];
  const phaseTwo = ['--refiner', 'openai', '--refine-epochs', '4', '--refine-every', '2', '--rounds', String(ROUNDS), '--embedder-option', 'dimensions=8'];
  const endpoint = ['--llm-base-url', server.baseUrl, '--llm-model', 'test-model', '--llm-key-variable', 'TEST_KEY'];
  return runCommandWith({ TEST_KEY: KEY, XTM_CACHE: join(data.folder, 'cache') }, 'run', ...place, ...training, ...phaseTwo, ...endpoint, ...flags);
}

function* filesUnder(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesUnder(path);
    else yield path;
  }
}

it('refines with a language model, says what it spent, and never writes the key', async () => {
  await serve();
  const { code, out, log } = await run('llm');
  expect({ code, log: log.includes('error') }).toEqual({ code: 0, log: false });
  expect(server.chatCalls).toHaveLength(2 * ROUNDS);
  expect(log).toContain('Language model: 6 replies paid for');
  const rounds = readFileSync(join(data.folder, 'llm', 'refinements.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { replies: { text: string }[] });
  expect(rounds).toHaveLength(2 * ROUNDS);
  expect(rounds[0]!.replies[0]!.text).toMatch(/EN/);
  for (const file of filesUnder(data.folder)) expect(`${file}: ${readFileSync(file).includes(KEY)}`).toBe(`${file}: false`);
  expect(out + log).not.toContain(KEY);
});

it('asks nothing twice, in any run folder', async () => {
  await serve();
  expect(await run('first')).toMatchObject({ code: 0 });
  const calls = server.chatCalls.length;
  expect(await run('second')).toMatchObject({ code: 0, log: expect.stringContaining('0 replies paid for, 6 from the cache') });
  expect(server.chatCalls).toHaveLength(calls);
});

it('waits when it is throttled and goes on', async () => {
  await serve({ misbehave: [misbehaviours.throttled(0), undefined, misbehaviours.serverError(), misbehaviours.cutInTheMiddle()] });
  expect(await run('throttled')).toMatchObject({ code: 0 });
}, 90_000);

it.each([
  ['a wrong key', { apiKey: 'another' }, 'key'],
  ['an exhausted quota', { misbehave: () => misbehaviours.quotaExhausted() }, 'quota'],
  ['an unknown model', { misbehave: () => misbehaviours.notFound() }, 'Check the base URL and the model name'],
] as const)('stops at once with one clear error for %s, and resumes without training phase 1 again', async (_, options, message) => {
  await serve(options);
  const failed = await run('resumed');
  expect(failed.code).toBe(1);
  expect(failed.log).toContain(message);
  expect(failed.log).not.toContain(KEY);
  expect(server.chatCalls).toHaveLength(1);
  await server.close();
  const events = join(data.folder, 'resumed', 'events.jsonl');
  const before = readFileSync(events, 'utf8').split('\n').filter((line) => line.includes('"training"'));
  await serve();
  expect(await run('resumed')).toMatchObject({ code: 0 });
  expect(readFileSync(events, 'utf8').split('\n').filter((line) => line.includes('"training"'))).toEqual(before);
});

it('says what it would ask and cost, and asks nothing', async () => {
  await serve();
  const { code, out } = await run('dry', '--dry-run', '--prices', '1,2', '--json');
  expect(code).toBe(0);
  const { calls, inputTokens, cost } = JSON.parse(out) as { calls: number; inputTokens: number; cost: number };
  expect(calls).toBe(2 * ROUNDS);
  expect(inputTokens).toBeGreaterThan(1000);
  expect(cost).toBeGreaterThan(inputTokens / 1e6);
  expect(server.calls).toHaveLength(0);
  expect(existsSync(join(data.folder, 'dry'))).toBe(false);
});

it('ends with what it has when the budget is used up, and says so', async () => {
  await serve();
  const { code, log } = await run('budget', '--max-calls', '4');
  expect({ code, calls: server.chatCalls.length }).toEqual({ code: 0, calls: 4 });
  expect(log).toContain('Language model: 4 replies paid for');
  expect(existsSync(join(data.folder, 'budget', 'metrics.json'))).toBe(true);
});
