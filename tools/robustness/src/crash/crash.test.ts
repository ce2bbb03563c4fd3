import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { SeededGenerator } from '@xtm/numeric';
import { BATCH_TEXTS, CrashRun } from './crash-run';
import { drawMoments } from './moments';
import { WitnessServer } from './witness-server';

/** How often to kill; `npm run test:crash` does so 50 times. */
const CRASHES = Number(process.env['XTM_CRASHES'] ?? 6);
/** Chat requests that may be under way at once: after the first round, the other two run together. */
const UNDER_WAY = 2;

/** What must be the same however often a run was killed. */
interface Outcome {
  readonly results: ReadonlyMap<string, string>;
  readonly losses: readonly unknown[];
  readonly rounds: readonly unknown[];
}

let server: WitnessServer;
let undisturbed: Outcome;
let duration: number;
let chatsNeeded: number;

async function outcomeOf(run: CrashRun): Promise<Outcome> {
  const rounds = await run.record('refinements.jsonl', ({ epoch, round, topics }) => ({ epoch, round, topics }));
  return {
    results: await run.results(),
    losses: await run.record('events.jsonl', ({ type, epoch, losses }) => (type === 'epoch' ? { epoch, losses } : undefined)),
    rounds: rounds.map((round) => JSON.stringify(round)).sort(),
  };
}

beforeAll(async () => {
  server = await WitnessServer.start();
  const run = await CrashRun.create(server);
  const startedAt = performance.now();
  expect(await run.toTheEnd()).toMatchObject({ code: 0 });
  duration = performance.now() - startedAt;
  undisturbed = await outcomeOf(run);
  chatsNeeded = server.chats;
  await run.remove();
}, 300_000);
afterAll(() => server.close());

it('the undisturbed run has both phases and all results', () => {
  expect(undisturbed.losses).toHaveLength(11);
  expect(undisturbed.rounds).toHaveLength(2 * 3);
  expect(chatsNeeded).toBe(2 * 3);
  expect([...undisturbed.results.keys()]).toEqual(expect.arrayContaining(['model.safetensors', 'topics.json', 'metrics.json', 'documentTopics_en_train.npy', 'topicWord_cn.npy']));
});

describe('killed and resumed, a run ends as if nothing had been', () => {
  it.each(drawMoments(CRASHES, new SeededGenerator(50)).map((moment, index) => [index + 1, moment.stage, moment] as const))('kill %d: %s', async (_number, _stage, moment) => {
    const run = await CrashRun.create(server);
    const [chatsBefore, batchesBefore] = [server.chats, server.embedded.length];
    await run.killAt(moment.reached({ dataset: run.dataset, run: run.run, server, duration }));
    const [chatsAtKill, batchesAtKill] = [server.chats - chatsBefore, server.embedded.slice(batchesBefore)];
    const lost = chatsAtKill - (await run.keptReplies());
    expect(await run.toTheEnd()).toMatchObject({ code: 0 });
    expect(await outcomeOf(run)).toEqual(undisturbed);

    expect(lost).toBeLessThanOrEqual(UNDER_WAY);
    expect(server.chats - chatsBefore - chatsNeeded).toBe(lost);
    const texts = server.embedded.slice(batchesBefore).flat();
    const repeated = texts.filter((text, index) => texts.indexOf(text) !== index);
    expect(batchesAtKill.at(-1) ?? []).toEqual(expect.arrayContaining(repeated));
    expect(repeated.length).toBeLessThanOrEqual(BATCH_TEXTS);
    await run.remove();
  }, 300_000);
});

it('a torn checkpoint is recognised and told, and the one before it used', async () => {
  const run = await CrashRun.create(server);
  const checkpoints = join(run.run, 'checkpoints');
  await run.killAt(drawMoments(6, new SeededGenerator(1))[5]!.reached({ dataset: run.dataset, run: run.run, server, duration }));
  const newest = join(checkpoints, readdirSync(checkpoints).filter((name) => name.endsWith('.safetensors')).sort().at(-1)!);
  truncateSync(newest, statSync(newest).size >> 1);
  expect(await run.toTheEnd()).toMatchObject({ code: 0, log: expect.stringContaining(`warning: ${newest} is damaged and was passed over`) });
  expect(await outcomeOf(run)).toEqual(undisturbed);
  await run.remove();
}, 300_000);
