import { syntheticCorpus } from '@xtm/data/testing';
import { translateVocabularies } from '@xtm/dictionary';
import { createChatModel } from '@xtm/llm';
import { ProtocolServer } from '@xtm/llm/testing';
import { SeededGenerator } from '@xtm/numeric';
import { answerTranslationPrompt, readTranslationPrompt, translationsOf } from './translation-answers';

const translations = new Map([
  ['room', ['房间']],
  ['clean', ['干净', '清洁']],
  ['房间', ['room']],
  ['清洁', ['clean']],
]);

async function translate(form: 'lines' | 'json', foreignRate: number) {
  const generator = new SeededGenerator(2);
  const server = await ProtocolServer.start({
    port: 0,
    answer: ({ messages }) => {
      const prompt = readTranslationPrompt(messages.at(-1)!.content)!;
      return answerTranslationPrompt(prompt, translations, { generator, foreignRate });
    },
  });
  try {
    const model = createChatModel({ baseUrl: server.baseUrl, model: 'local', replyFolder: false }, {});
    const vocabularies = [['room', 'clean', 'unheard'], ['房间', '清洁']] as const;
    return await translateVocabularies(model, { languages: ['en', 'zh-Hans'], vocabularies }, { form });
  } finally {
    await server.close();
  }
}

it.each(['lines', 'json'] as const)('translates what it knows, as %s, and leaves the rest unknown', async (form) => {
  const { list, report } = await translate(form, 0);
  expect(list.translations.map(({ first, second }) => [first, second])).toEqual([
    ['room', '房间'],
    ['clean', '清洁'],
    ['clean', '干净'],
  ]);
  expect(report).toMatchObject({ asked: 5, translated: 4, unknown: 1, unanswered: 0, unusable: 0, confirmed: 2 });
});

it('spoils translations where it is told to', async () => {
  expect((await translate('lines', 1)).report).toMatchObject({ translated: 0, unusable: 5 });
});

it('knows the pairs of the corpus in both directions', () => {
  const corpus = syntheticCorpus({ generator: new SeededGenerator(1) });
  const found = translationsOf(corpus);
  corpus.dictionary!.first.forEach((index, pair) => {
    const word = corpus.languages[0]!.vocabulary[index]!;
    const translation = corpus.languages[1]!.vocabulary[corpus.dictionary!.second[pair]!]!;
    expect(found.get(word)).toContain(translation);
    expect(found.get(translation)).toContain(word);
  });
});

it('leaves other prompts alone', () => {
  expect(readTranslationPrompt('Refine these topics')).toBeUndefined();
});
