import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { type ChatModel, InvalidOptionError } from '@xtm/contracts';
import { syntheticCorpus, temporaryFolder, type TemporaryFolder } from '@xtm/data/testing';
import { SeededGenerator } from '@xtm/numeric';
import {
  corpusWords,
  estimateCorpusTranslation,
  induceFromCorpus,
  readKnownPairs,
  readReach,
  translateCorpus,
  writeWordList,
} from './corpus-dictionary';

const corpus = syntheticCorpus({ generator: new SeededGenerator(1) });
const words = corpusWords(corpus);
const [english, other] = words.vocabularies;

let place: TemporaryFolder;
beforeEach(async () => {
  place = await temporaryFolder();
});
afterEach(() => place.remove());

/** Words at the same position mean the same. */
const encoder = {
  embedWords: async (list: readonly string[]) => {
    const columns = 24;
    const data = Float32Array.from({ length: list.length * columns }, (_, i) =>
      Math.sin((Math.floor(i / columns) + 2) * ((i % columns) + 1) * 12.9898),
    );
    return { rows: list.length, columns, data };
  },
};


it('an encoder links the words of a corpus, and what was known is kept', async () => {
  const file = await place.write('known.txt', `${other[3]} ${english[1]}\n${other[0]} ${english[0]}\nnone nothing\n`);
  const known = await readKnownPairs(file, words);
  expect(known.translations).toHaveLength(2);
  const { list, whole } = await induceFromCorpus(encoder, words, { known });
  const right = list.translations.filter(({ first, second }) => english.indexOf(first) === other.indexOf(second));
  expect(right.length / english.length).toBeGreaterThan(0.8);
  expect(whole.translations.slice(0, list.translations.length)).toEqual(list.translations);
  expect(whole.translations).toContainEqual({ first: english[1], second: other[3] });
});

it('a language model translates the most frequent words', async () => {
  const asked: string[] = [];
  const model = {
    name: 'm',
    complete: async (messages: readonly { readonly content: string }[]) => {
      const text = messages.at(-1)!.content;
      const lines = text.split('\n').filter((line) => english.includes(line));
      asked.push(...lines);
      const reply = lines.map((word) => `${word} = ${other[english.indexOf(word)]}`).join('\n');
      return { text: reply, usage: { inputTokens: 1, outputTokens: 1 }, cached: false };
    },
  } as unknown as ChatModel;
  const options = { words: 5, direction: 'first' } as const;
  expect(estimateCorpusTranslation(words, options)).toMatchObject({ words: 5, requests: 1 });
  const { report } = await translateCorpus(model, words, options);
  expect(report.asked).toBe(5);
  expect(asked).toHaveLength(5);
});

it('a list says how much of the corpus it reaches once it is written', async () => {
  const file = join(place.path, 'made.txt');
  const list = { languages: words.languages, translations: [{ first: english[0]!, second: other[0]! }] };
  writeWordList(file, list);
  expect(readFileSync(file, 'utf8')).toBe(`${other[0]} ${english[0]}\n`);
  expect(await readReach(file, list, words)).toMatchObject({
    pairs: 1,
    coverage: words.languages.map((code, index) => ({
      code,
      vocabularyShare: 1 / words.vocabularies[index]!.length,
    })),
  });
  expect(await readReach(file, { ...list, translations: [] }, words)).toMatchObject({ pairs: 0 });
});

it('a corpus of one language has no dictionary', () => {
  expect(() => corpusWords({ ...corpus, languages: corpus.languages.slice(0, 1) })).toThrow(InvalidOptionError);
});
