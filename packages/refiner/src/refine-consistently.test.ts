import { AbortedError, type RefinedTopic, type TopicRefiner } from '@xtm/contracts';
import { createChatModel, type ChatModelOptions } from '@xtm/llm';
import { misbehaviours, ProtocolServer, type Misbehaviour } from '@xtm/llm/testing';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChatRefiner, refineConsistently, type RoundReport } from './index';
import { exampleContext, exampleTopics, exampleVocabularies, faithfulAnswers } from './testing';

const settings = { topics: exampleTopics, context: exampleContext, vocabularies: exampleVocabularies } as const;
const NOTHING_SPENT = { inputTokens: 0, outputTokens: 0 };

/** A refiner that sends prepared replies, a list per round. */
function scripted(rounds: readonly (readonly RefinedTopic[])[]): TopicRefiner {
  return { name: 'scripted', refine: async (_topics, _context, round) => ({ topics: rounds[round]!, usage: NOTHING_SPENT }) };
}

describe('refineConsistently', () => {
  it('keeps what most rounds name, ties in first-seen order', async () => {
    const refiner = scripted([
      [{ index: 0, words: [['pear', 'plum', 'song'], ['梨', '苹果']] }],
      [{ index: 0, words: [['plum', 'apple'], ['苹果']] }],
      [{ index: 0, words: [['apple', 'plum'], ['苹果', '歌']] }],
    ]);
    const { topics } = await refineConsistently({ ...settings, refiner, rounds: 3, topWords: 3 });
    expect(topics[0]).toMatchObject({ refined: true, rounds: 3, words: [['plum', 'apple', 'pear'], ['苹果', '梨', '歌']], counts: [[3, 2, 1], [3, 1, 1]] });
    expect(topics[0]!.agreement).toBeCloseTo((3 + 2 + 1 + 3 + 1 + 1) / 18);
  });

  it('lets a language model propose hyphenated words of the vocabulary', async () => {
    const reply = { text: 'Topic 0: sound\nEN: hi-fi, apple, old-school\nCN: 苹果, 梨', usage: NOTHING_SPENT, cached: false };
    const refiner = createChatRefiner({ name: 'fixed', complete: async () => reply }, { style: 'batch' });
    const { topics } = await refineConsistently({ ...settings, topics: exampleTopics.slice(0, 1), vocabularies: [[...exampleVocabularies[0]!, 'hi-fi'], exampleVocabularies[1]!], refiner, rounds: 1 });
    expect(topics[0]).toMatchObject({ refined: true, words: [['hi-fi', 'apple'], ['苹果', '梨']], dropped: 1 });
  });

  it('keeps the raw words of topics without a reply and marks them', async () => {
    const { topics } = await refineConsistently({ ...settings, refiner: scripted([[{ index: 0, words: [['pear'], ['梨']] }]]), rounds: 1 });
    expect(topics[1]).toEqual({ index: 1, refined: false, words: exampleTopics[1]!.words, counts: [[0, 0, 0], [0, 0, 0]], rounds: 0, agreement: 0, discarded: [], dropped: 0 });
  });

  it('keeps raw words as well when no word is in the vocabulary', async () => {
    const { topics } = await refineConsistently({ ...settings, refiner: scripted([[{ index: 0, words: [['quince'], ['榅桲']] }]]), rounds: 1 });
    expect(topics[0]).toMatchObject({ refined: false, words: exampleTopics[0]!.words, rounds: 1 });
    expect(topics[0]!.discarded).toEqual([{ languageIndex: 0, word: 'quince', mentions: 1 }, { languageIndex: 1, word: '榅桲', mentions: 1 }]);
  });

  it('counts a word once per round, or every mention as the public code does', async () => {
    const refiner = scripted([[{ index: 0, words: [['pear', 'Pear', 'apple'], ['梨']] }]]);
    const countsWith = async (counting: 'paper' | 'released') => (await refineConsistently({ ...settings, refiner, rounds: 1, counting })).topics[0]!.counts[0];
    expect(await countsWith('paper')).toEqual([1, 1]);
    expect(await countsWith('released')).toEqual([2, 1]);
  });

  it('checks words exactly, then without case and width, then by stem where stems are given', async () => {
    const refiner = scripted([[{ index: 0, words: [['ＰＥＡＲ', 'Apple', 'plums'], ['梨']] }]]);
    const plain = await refineConsistently({ ...settings, refiner, rounds: 1 });
    expect(plain.topics[0]!.words[0]).toEqual(['pear', 'apple']);
    const stemmed = await refineConsistently({ ...settings, refiner, rounds: 1, stems: [(word) => word.replace(/s$/, ''), undefined] });
    expect(stemmed.topics[0]!.words[0]).toEqual(['pear', 'apple', 'plum']);
  });

  it('tells the theme that most rounds name, and what was dropped', async () => {
    const words = [['pear'], ['梨']];
    const refiner = scripted([[{ index: 0, words, theme: 'Food', dropped: 2 }], [{ index: 0, words, theme: 'Fruit' }], [{ index: 0, words, theme: 'fruit', dropped: 1 }]]);
    const { topics } = await refineConsistently({ ...settings, refiner, rounds: 3 });
    expect(topics[0]).toMatchObject({ theme: 'Fruit', dropped: 3 });
  });

  it('refuses fewer than one round', async () => {
    await expect(refineConsistently({ ...settings, refiner: scripted([]), rounds: 0 })).rejects.toMatchObject({ option: 'rounds' });
  });

  describe('with a chat model', () => {
    let server: ProtocolServer;
    let folder: string;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'xtm-refiner-'));
    });

    afterEach(async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    });

    const refinerWith = (options: Partial<ChatModelOptions> = {}): TopicRefiner =>
      createChatRefiner(createChatModel({ baseUrl: server.baseUrl, model: 'local', replyFolder: folder, retries: 1, retryDelay: 1, timeout: 500, concurrency: 1, ...options }, {}));

    it('asks once per round and reports every round before it counts', async () => {
      server = await ProtocolServer.start({ answer: faithfulAnswers() });
      const reports: RoundReport[] = [];
      const outcome = await refineConsistently({ ...settings, refiner: refinerWith(), onRound: (report) => void reports.push(report) });
      expect(server.calls).toHaveLength(5);
      expect(reports.map(({ round }) => round).sort()).toEqual([0, 1, 2, 3, 4]);
      expect(reports[0]!.round).toBe(0);
      expect(reports[3]!.replies![0]!.text).toContain('Topic 0: apple');
      expect(outcome.topics.map(({ words, agreement }) => ({ words, agreement }))).toEqual(exampleTopics.map(({ words }) => ({ words, agreement: 1 })));
      expect(outcome.usage.outputTokens).toBe(reports.reduce((sum, { usage }) => sum + usage.outputTokens, 0));
    });

    const passing: [string, Misbehaviour][] = [
      ['throttling', misbehaviours.throttled()],
      ['throttling with a time', misbehaviours.throttled(0)],
      ['server errors', misbehaviours.serverError()],
      ['slowness', misbehaviours.slow(2_000)],
      ['stalled replies', misbehaviours.stalled()],
      ['cut connections', misbehaviours.cutAtStart()],
      ['replies cut in the middle', misbehaviours.cutInTheMiddle()],
      ['half JSON', misbehaviours.halfJson()],
      ['replies without completion', misbehaviours.noChoices()],
    ];

    it.each(passing)('goes on without a round that is lost to %s', async (_name, misbehaviour) => {
      server = await ProtocolServer.start({ answer: faithfulAnswers(), misbehave: (call) => (call === 1 || call === 2 ? misbehaviour : undefined) });
      const outcome = await refineConsistently({ ...settings, refiner: refinerWith(), rounds: 3 });
      expect(outcome.topics.map(({ rounds, words }) => ({ rounds, words }))).toEqual(exampleTopics.map(({ words }) => ({ rounds: 2, words })));
    });

    it.each(passing)('stops with one clear error when all is lost to %s', async (_name, misbehaviour) => {
      server = await ProtocolServer.start({ misbehave: () => misbehaviour });
      await expect(refineConsistently({ ...settings, refiner: refinerWith({ timeout: 60 }) })).rejects.toMatchObject({ code: 'ENDPOINT', advice: expect.any(String) as string });
      expect(server.calls).toHaveLength(2);
    });

    it.each([
      ['an unknown key', misbehaviours.unauthorised(), 'unauthorised'],
      ['a forbidden model', misbehaviours.forbidden(), 'unauthorised'],
      ['an unknown model', misbehaviours.notFound(), 'notFound'],
      ['an exhausted quota', misbehaviours.quotaExhausted(), 'quota'],
    ] as const)('stops at once for %s, in a later round too', async (_name, misbehaviour, failure) => {
      server = await ProtocolServer.start({ answer: faithfulAnswers(), misbehave: (call) => (call >= 2 ? misbehaviour : undefined) });
      await expect(refineConsistently({ ...settings, refiner: refinerWith() })).rejects.toMatchObject({ failure });
      expect(server.calls).toHaveLength(3);
    });

    it.each([
      ['half replies', misbehaviours.halfReply()],
      ['wrong counts', misbehaviours.wrongCounts()],
      ['chatter', misbehaviours.chatter()],
    ])('makes the best of %s', async (_name, misbehaviour) => {
      server = await ProtocolServer.start({ answer: faithfulAnswers(), misbehave: () => misbehaviour });
      const outcome = await refineConsistently({ ...settings, refiner: refinerWith(), rounds: 2 });
      expect(outcome.topics[0]).toMatchObject({ refined: true, rounds: 2 });
      expect(outcome.topics.flatMap(({ discarded }) => discarded)).toEqual([]);
    });

    it('leaves topics unrefined when no reply can be read', async () => {
      server = await ProtocolServer.start({ misbehave: () => misbehaviours.refusal() });
      const outcome = await refineConsistently({ ...settings, refiner: refinerWith(), rounds: 2 });
      expect(outcome.topics.map(({ refined }) => refined)).toEqual([false, false, false]);
    });

    it('votes on the rounds that the budget allowed', async () => {
      server = await ProtocolServer.start({ answer: faithfulAnswers() });
      const outcome = await refineConsistently({ ...settings, refiner: refinerWith({ budget: { maxCalls: 3 } }) });
      expect(outcome.topics.map(({ rounds }) => rounds)).toEqual([3, 3, 3]);
      expect(outcome.stopped).toMatchObject({ code: 'BUDGET', limit: 'maxCalls', spent: 3 });
    });

    it('repeats no call after it was stopped, in another process or another run', async () => {
      server = await ProtocolServer.start({ answer: faithfulAnswers(), misbehave: (call) => (call >= 2 ? misbehaviours.slow(200) : undefined) });
      const stop = new AbortController();
      const onRound = ({ round }: RoundReport): void => {
        if (round > 0) stop.abort();
      };
      await expect(refineConsistently({ ...settings, refiner: refinerWith(), onRound, signal: stop.signal })).rejects.toBeInstanceOf(AbortedError);
      const asked = server.calls.length;
      const kept = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json')).length;
      expect(kept).toBeGreaterThanOrEqual(2);
      const resumed = await refineConsistently({ ...settings, refiner: refinerWith() });
      expect(server.calls.length - asked).toBe(5 - kept);
      expect((await refineConsistently({ ...settings, refiner: refinerWith() })).topics).toEqual(resumed.topics);
      expect(server.calls.length - asked).toBe(5 - kept);
    });

    it('writes the key nowhere', async () => {
      const apiKey = 'sk-very-secret-key-0123';
      server = await ProtocolServer.start({ answer: faithfulAnswers(), apiKey });
      const reports: RoundReport[] = [];
      await refineConsistently({ ...settings, refiner: refinerWith({ apiKey }), onRound: (report) => void reports.push(report) });
      const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
      expect(files.length).toBe(5);
      for (const { parentPath, name } of files) expect(await readFile(join(parentPath, name), 'utf8')).not.toContain(apiKey);
      expect(JSON.stringify(reports)).not.toContain(apiKey);
    });
  });
});
