import { AbortedError, EndpointError, type Topic } from '@xtm/contracts';
import { createChatModel } from '@xtm/llm';
import { misbehaviours, ProtocolServer, type ProtocolServerOptions } from '@xtm/llm/testing';
import { llmRatings, parseRating } from './ratings';

const LANGUAGES = [{ code: 'en', suffix: 'en' }, { code: 'zh-Hans', suffix: 'cn' }];
const TOPICS: Topic[] = [
  { index: 0, words: [['film', 'actor'], ['电影', '演员']] },
  { index: 1, words: [['phone', 'charger'], ['手机', '充电器']] },
];

interface Question {
  readonly system: string;
  readonly user: string;
}

describe('llmRatings', () => {
  let server: ProtocolServer | undefined;
  afterEach(async () => server?.close());

  async function endpoint(options: ProtocolServerOptions) {
    server = await ProtocolServer.start(options);
    return createChatModel({ baseUrl: server.baseUrl, model: 'judge', retries: 0, replyFolder: false }, {});
  }

  /** A server that answers by what it is asked. */
  function judge(answer: (question: Question, call: number) => string) {
    return endpoint({
      answer: ({ messages }, call) =>
        answer({ system: String(messages[0]!.content), user: String(messages[1]!.content) }, call),
    });
  }

  it('averages the runs per topic, for each language and each pair of languages', async () => {
    const model = await judge(({ user }) =>
      user.startsWith('Language 1')
        ? '1'
        : user.includes('film')
          ? '3'
          : user.includes('phone')
            ? 'Rating: 2'
            : '**2**/3',
    );
    const ratings = await llmRatings(TOPICS, LANGUAGES, model, { runs: 3 });
    expect(ratings.coherence).toEqual([
      { language: 'en', perTopic: [3, 2], mean: 2.5, counted: 6, discarded: 0 },
      { language: 'zh-Hans', perTopic: [2, 2], mean: 2, counted: 6, discarded: 0 },
    ]);
    expect(ratings.similarity).toEqual([
      { languages: ['en', 'zh-Hans'], perTopic: [1, 1], mean: 1, counted: 6, discarded: 0 },
    ]);
    expect(server!.calls).toHaveLength(18);
    expect(ratings.usage.outputTokens).toBeGreaterThan(0);
  });

  it('discards replies that give no rating, and leaves a topic without any out of the mean', async () => {
    const replies = ['3', 'two', '', '5', 'I am sorry, I cannot do that.', '2 or 3'];
    let next = 0;
    const model = await judge(({ user }) =>
      user.includes('film') ? replies[next++ % replies.length]! : user.includes('phone') ? 'No.' : '3',
    );
    const { coherence, similarity } = await llmRatings(
      TOPICS.map(({ index, words }) => ({ index, words: [words[0]!] })),
      [LANGUAGES[0]!],
      model,
      { runs: 6 },
    );
    expect(coherence[0]).toEqual({
      language: 'en',
      perTopic: [2.5, Number.NaN],
      mean: 2.5,
      counted: 2,
      discarded: 10,
    });
    expect(similarity).toEqual([]);
  });

  it('tells the model what the documents are, in which languages, and the scale', async () => {
    const asked: Question[] = [];
    const model = await judge((question) => {
      asked.push(question);
      return '2';
    });
    await llmRatings(TOPICS, LANGUAGES, model, { runs: 1, description: 'film and shop reviews.' });
    for (const { system } of asked) {
      expect(system).toContain('The documents are film and shop reviews (in English and Simplified Chinese).');
      expect(system).toContain('from 1 to 3');
    }
    expect(asked.map(({ user }) => user)).toContain(
      'Language 1 (English): film, actor\nLanguage 2 (Simplified Chinese): 电影, 演员',
    );
  });

  it('goes on without a question that the endpoint refuses, but not when it refuses all', async () => {
    const some = await endpoint({ answer: () => '3', misbehave: [misbehaviours.badRequest()] });
    const ratings = await llmRatings(TOPICS, LANGUAGES, some, { runs: 1 });
    const discarded = [...ratings.coherence, ...ratings.similarity].map((scores) => scores.discarded);
    expect(discarded.reduce((sum, count) => sum + count, 0)).toBe(1);
    await server!.close();
    const none = await endpoint({ misbehave: () => misbehaviours.badRequest() });
    await expect(llmRatings(TOPICS, LANGUAGES, none, { runs: 1 })).rejects.toBeInstanceOf(EndpointError);
  });

  it('stops at once when the key is wrong, and on the signal', async () => {
    const refused = await endpoint({ misbehave: () => misbehaviours.forbidden() });
    await expect(llmRatings(TOPICS, LANGUAGES, refused)).rejects.toMatchObject({ failure: 'unauthorised' });
    expect(server!.calls.length).toBeLessThan(24);
    await server!.close();
    const controller = new AbortController();
    const slow = await endpoint({ misbehave: () => misbehaviours.slow(5_000) });
    const pending = llmRatings(TOPICS, LANGUAGES, slow, {}, { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toBeInstanceOf(AbortedError);
  });

  it('refuses runs that are no positive integer and topics without words in a language', async () => {
    const model = await judge(() => '1');
    await expect(llmRatings(TOPICS, LANGUAGES, model, { runs: 0 })).rejects.toThrow('runs');
    await expect(llmRatings([{ index: 0, words: [['film']] }], LANGUAGES, model)).rejects.toThrow(
      'in 1 languages, not 2',
    );
  });
});

describe('parseRating', () => {
  it.each([
    ['3', 3],
    [' 1\n', 1],
    ['Rating: 2', 2],
    ['**3**/3', 3],
    ['two', 2],
    ['Three.', 3],
    ['The rating is two', 2],
    ['２', 2],
    ['2 out of 3', 2],
    ['**Score:** 1', 1],
    ['{"rating": 3}', 3],
    ['I would give these words a 2.', 2],
    ['On a scale from 1 to 3, I rate this topic a 3', 3],
    ['All 15 words are about films. Rating: 3', 3],
    ['3.0', 3],
    ['<think>Could be 1 or 2.</think>\n2', 2],
    ['2/3', 2],
  ])('counts %j', (reply, rating) => {
    expect(parseRating(reply)).toBe(rating);
  });

  it.each([
    '',
    '   ',
    '5',
    '0',
    '-2',
    '2.5',
    '2,5',
    'two or three',
    '2 or 3',
    'I am sorry, but I cannot rate these words.',
    'I cannot help with these three words',
    'The words w1 and mp3 are unclear',
    'Rating: 4',
    '<think>It is a 2.</think>',
  ])('discards %j', (reply) => {
    expect(parseRating(reply)).toBeUndefined();
  });
});
