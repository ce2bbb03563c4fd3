import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AbortedError, type ChatModel, EndpointError } from '@xtm/contracts';
import { createChatModel } from '@xtm/llm';
import { type ChatRequest, misbehaviours, ProtocolServer, type ProtocolServerOptions } from '@xtm/llm/testing';
import { estimateTranslation, translateVocabularies, type TranslationInput } from './translate-vocabularies';
import { readTranslations, translationMessages } from './translation-prompt';

const GERMAN: Readonly<Record<string, string>> = {
  room: 'zimmer; raum',
  hotel: 'hotel',
  station: 'bahnhof',
  breakfast: 'frühstück',
  wifi: '?',
};
const ENGLISH: Readonly<Record<string, string>> = {
  zimmer: 'room',
  bahnhof: 'station; train station',
  frühstück: 'breakfast',
  raum: 'space',
  teppich: 'carpet',
};

const input: TranslationInput = {
  languages: ['en', 'de'],
  vocabularies: [Object.keys(GERMAN), Object.keys(ENGLISH)],
  description: 'reviews of hotels',
};

/** Answers as a model that knows two small dictionaries. */
function answer({ messages }: ChatRequest): string {
  const [head, ...words] = messages.at(-1)!.content.split('\n\n').map((part) => part.trim());
  const dictionary = head!.includes('into German') ? GERMAN : ENGLISH;
  return words.join('\n').split('\n').map((word) => `${word} = ${dictionary[word] ?? '?'}`).join('\n');
}

async function withServer(
  options: ProtocolServerOptions,
  work: (model: ChatModel, server: ProtocolServer) => Promise<void>,
  llm: Parameters<typeof createChatModel>[0] | object = {},
): Promise<void> {
  const server = await ProtocolServer.start({ answer, ...options });
  try {
    await work(
      createChatModel({ baseUrl: server.baseUrl, model: 'm', replyFolder: false, retries: 0, retryDelay: 1, ...llm }),
      server,
    );
  } finally {
    await server.close();
  }
}

describe('translateVocabularies', () => {
  it('translates both vocabularies, puts pairs first that both directions gave, and leaves out what the model does ' +
    'not know', async () => {
    await withServer({}, async (model, server) => {
      const { list, report } = await translateVocabularies(model, input, { batchSize: 2 });
      expect(list.languages).toEqual(['en', 'de']);
      expect(list.translations.map(({ first, second, score }) => [first, second, score])).toEqual([
        ['room', 'zimmer', 2],
        ['station', 'bahnhof', 2],
        ['breakfast', 'frühstück', 2],
        ['room', 'raum', 1],
        ['hotel', 'hotel', 1],
        ['space', 'raum', 1],
        ['carpet', 'teppich', 1],
      ]);
      expect(report).toMatchObject({
        asked: 10,
        translated: 9,
        unknown: 1,
        unanswered: 0,
        unusable: 1,
        confirmed: 3,
        requests: 6,
        cachedReplies: 0,
        problems: [],
      });
      expect(server.chatCalls).toHaveLength(6);
      expect(JSON.stringify(server.chatCalls[0]!.body)).toContain('reviews of hotels');
    });
  });

  it('asks one way where told to, and at most as many translations as wanted', async () => {
    await withServer({}, async (model) => {
      const { list } = await translateVocabularies(model, input, { direction: 'first', translationsPerWord: 1 });
      expect(list.translations.map(({ first, second }) => `${first} ${second}`)).toEqual([
        'room zimmer',
        'hotel hotel',
        'station bahnhof',
        'breakfast frühstück',
      ]);
    });
  });

  it('binds replies to a schema where it is asked for JSON', async () => {
    const json = (request: ChatRequest): string =>
      JSON.stringify(
        Object.fromEntries(
          answer(request)
            .split('\n')
            .map((line) => line.split(' = '))
            .map(([word, given]) => [word, given === '?' ? [] : given!.split('; ')]),
        ),
      );
    await withServer({ answer: json }, async (model, server) => {
      const { report } = await translateVocabularies(model, input, { form: 'json' });
      expect(report).toMatchObject({ translated: 9, unknown: 1, unanswered: 0, confirmed: 3 });
      expect(server.chatCalls[0]!.body).toMatchObject({
        response_format: { json_schema: { schema: { required: input.vocabularies[0] } } },
      });
    });
  });

  it('asks again for words that a reply has no line for, and says which stay unanswered', async () => {
    const lazy = (request: ChatRequest, call: number): string =>
      call === 0
        ? answer(request).split('\n').slice(0, 2).join('\n')
        : call === 1
          ? 'I am sorry, I cannot help with that.'
          : answer(request);
    await withServer({ answer: lazy }, async (model, server) => {
      const { report } = await translateVocabularies(
        model,
        { ...input, vocabularies: [input.vocabularies[0], []] },
        { direction: 'first' },
      );
      expect(report).toMatchObject({ asked: 5, translated: 2, unanswered: 3, requests: 2 });
      expect(server.chatCalls).toHaveLength(2);
    });
  });

  it('pays nothing for what is in the cache', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'xtm-translate-'));
    await withServer({}, async (model, server) => {
      const first = await translateVocabularies(model, input);
      const second = await translateVocabularies(model, input);
      expect(second.list).toEqual(first.list);
      expect(second.report).toMatchObject({ cachedReplies: 2, usage: { inputTokens: 0, outputTokens: 0 } });
      expect(server.chatCalls).toHaveLength(2);
    }, { replyFolder: folder });
    await rm(folder, { recursive: true });
  });

  it('keeps what it has when the budget ends, and when requests fail', async () => {
    await withServer({}, async (model) => {
      const { list, report } = await translateVocabularies(model, input, { batchSize: 2 });
      expect(report.stopped).toMatchObject({ limit: 'maxCalls' });
      expect(list.translations.length).toBeGreaterThan(0);
      expect(report.unanswered).toBeGreaterThan(0);
    }, { budget: { maxCalls: 2 }, concurrency: 1 });
    await withServer({ misbehave: [misbehaviours.serverError(503)] }, async (model) => {
      const { report } = await translateVocabularies(model, input, { repeats: 1 });
      expect(report).toMatchObject({ unanswered: 0, translated: 9 });
      expect(report.problems).toHaveLength(1);
    });
  });

  it('fails where nothing got through, where the key is wrong, and where the caller stops', async () => {
    await withServer({ misbehave: () => misbehaviours.serverError(503) }, async (model) => {
      await expect(translateVocabularies(model, input)).rejects.toBeInstanceOf(EndpointError);
    });
    await withServer({ apiKey: 'secret' }, async (model) => {
      await expect(translateVocabularies(model, input)).rejects.toMatchObject({ failure: 'unauthorised' });
      await expect(translateVocabularies(model, input, {}, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
        AbortedError,
      );
    });
  });
});

describe('estimateTranslation', () => {
  it('tells requests and words, and about the tokens that it will take', async () => {
    const estimate = estimateTranslation(input, { batchSize: 2 });
    expect(estimate).toMatchObject({ requests: 6, words: 10 });
    await withServer({}, async (model) => {
      const { report: { usage } } = await translateVocabularies(model, input, { batchSize: 2 });
      expect(estimate.inputTokens / usage.inputTokens).toBeGreaterThan(0.5);
      expect(estimate.inputTokens / usage.inputTokens).toBeLessThan(2);
      expect(estimate.outputTokens).toBeGreaterThan(0.5 * usage.outputTokens);
    });
  });
});

describe('readTranslations', () => {
  const question = {
    form: 'lines' as const,
    from: 'en',
    into: 'ja',
    words: ['room', 'hotel', 'station', 'sea', "don't", 'a-b'],
    most: 2,
  };
  const read = (reply: string): Record<string, readonly string[]> =>
    Object.fromEntries(readTranslations(reply, question).translations);

  it('is asked for every word, in words that say which languages', () => {
    const { content } = translationMessages(question)[0]!;
    expect(content).toContain('English word below into Japanese');
    for (const word of question.words) expect(content.split('\n')).toContain(word);
  });

  it.each([
    ['plain', 'room = 部屋; 室\nhotel = ホテル'],
    ['numbered, with colons', '1. room: 部屋、室\n2) hotel：ホテル'],
    ['bullets, arrows, bold', '- **room** → 部屋 / 室\n* `hotel` -> ホテル'],
    ['JSON', '{\n  "room": ["部屋", "室"],\n  "hotel": ["ホテル"]\n}'],
    ['JSON in one line, in a fence', '```json\n{"room": ["部屋", "室"], "hotel": "ホテル", "unasked": ["x"]}\n```'],
    [
      'with remarks and case',
      'Here are the translations:\n\nRoom – 部屋 (a room); 室 (suffix)\nHotel\tホテル\n\nI hope that helps!',
    ],
  ])('understands replies that are %s', (_, reply) => {
    expect(read(reply)).toEqual({ room: ['部屋', '室'], hotel: ['ホテル'] });
  });

  it('takes no word that was not asked for, no several words, no other script, and no more than wanted', () => {
    const { translations, unusable } = readTranslations(
      'cat = 猫\nroom = room; heya; 部屋; 室; 間\nsea = ?\nstation = 駅 前; 駅',
      question,
    );
    expect(Object.fromEntries(translations)).toEqual({ room: ['部屋', '室'], sea: [], station: ['駅'] });
    expect(unusable).toBe(3);
  });

  it('is not led astray by words that hold a mark', () => {
    expect(read("don't = しない\na-b = エービー")).toEqual({ "don't": ['しない'], 'a-b': ['エービー'] });
  });
});
