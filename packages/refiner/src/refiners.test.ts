import { InvalidOptionError } from '@xtm/contracts';
import { ProtocolServer } from '@xtm/llm/testing';
import { SeededGenerator } from '@xtm/numeric';
import { chat, chooseRefiner, corpusRefiner, findRefiner, refiners } from './refiners';
import { faithfulAnswers } from './testing';

const corpus = { name: 'none', languages: [] };
const generator = new SeededGenerator(1);

it('knows every refiner by its name', () => {
  expect([...refiners.keys()]).toEqual(['corpus', 'openai']);
  expect(findRefiner('corpus')).toBe(corpusRefiner.definition);
  expect(chooseRefiner('openai', { model: 'm' })).toEqual(chat({ model: 'm' }));
  expect(() => findRefiner('none')).toThrow(new InvalidOptionError('refiner', 'none', 'must be one of corpus, openai'));
});

it('takes the options of model and prompt together, and records neither keys nor addresses', () => {
  const { definition, options } = chat({ baseUrl: 'http://localhost/v1', apiKey: 'secret', model: 'm', style: 'json' });
  expect(definition.recorded(options)).toEqual({ refinerOptions: { style: 'json' }, llm: { model: 'm' } });
  const wrong = chooseRefiner('openai', { preset: 'ollama', model: 'm', rounds: 2 });
  expect(() => wrong.definition.open(wrong.options, { corpus, generator })).toThrow(/rounds: there is no such option/);
});

it('opens a chat model that tells what it has cost', async () => {
  const server = await ProtocolServer.start({ answer: faithfulAnswers() });
  try {
    const { definition, options } = chat({ baseUrl: server.baseUrl, model: 'm', replyFolder: false, style: 'batch' });
    const refiner = definition.open(options, { corpus, generator, environment: {} });
    const topics = [{ index: 0, words: [['apple', 'pear'], ['苹果', '梨']] }];
    const languages = [{ code: 'en', suffix: 'en' }, { code: 'zh-Hans', suffix: 'cn' }];
    expect((await refiner.refine(topics, { languages, wordsPerTopic: 2 }, 0)).topics).toHaveLength(1);
    expect(refiner.spending?.()).toMatchObject({ cost: undefined });
  } finally {
    await server.close();
  }
});
