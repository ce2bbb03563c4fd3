import { InvalidOptionError } from '@xtm/contracts';
import { createChatModel } from '@xtm/llm';
import type { ProtocolServer } from '@xtm/llm/testing';
import { createChatRefiner } from '@xtm/refiner';
import { readServerSettings } from './server-settings';
import { startServer } from './start-server';

const topics = [{ index: 0, words: [['apple', 'pear'], ['苹果', '梨']] }, { index: 1, words: [['car', 'tyre'], ['汽车', '轮胎']] }];
const context = { languages: [{ code: 'en', suffix: 'en' }, { code: 'zh-Hans', suffix: 'cn' }], wordsPerTopic: 2 };

describe('the server', () => {
  let server: ProtocolServer | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  async function refineWith(...flags: string[]) {
    const settings = readServerSettings(['--port', '0', ...flags]);
    if (settings === 'help') throw new Error('expected settings');
    server = await startServer(settings);
    const model = createChatModel({ baseUrl: server.baseUrl, model: 'local', replyFolder: false, retries: 0 }, {});
    return createChatRefiner(model).refine(topics, context, 0);
  }

  it('repeats topics without a dataset', async () => {
    expect((await refineWith()).topics.map(({ words }) => words)).toEqual(topics.map(({ words }) => words));
  });

  it('puts foreign words in', async () => {
    const { topics: refined } = await refineWith('--foreign', '1');
    expect(refined.flatMap(({ words }) => words.flat()).every((word) => word.startsWith('unheard'))).toBe(true);
  });

  it('misbehaves when told to', async () => {
    await expect(refineWith('--misbehave', 'serverError@1')).rejects.toMatchObject({ failure: 'server' });
  });

  it.each([
    ['--port', ['--port', 'x']],
    ['--foreign', ['--foreign', '2']],
    ['--misbehave', ['--misbehave', 'rudeness']],
    ['arguments', ['--unknown']],
  ])('refuses a wrong %s', (option, argv) => {
    expect(() => readServerSettings(argv)).toThrow(expect.objectContaining({ option }) as InvalidOptionError);
  });

  it('needs a vocabulary to hallucinate from', async () => {
    await expect(refineWith('--hallucinations', '0.3')).rejects.toMatchObject({ option: '--hallucinations' });
  });
});
