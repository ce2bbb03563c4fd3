import { loadStemmer } from './load-stemmer';

it.each([
  ['en', 'cameras', 'camera'],
  ['en-GB', 'running', 'run'],
  ['de', 'häuser', 'haus'],
  ['ru', 'книгами', 'книг'],
  ['nb', 'bilene', 'bil'],
])('brings a word of %s, %s, down to %s', async (code, word, stem) => {
  expect((await loadStemmer(code))!(word)).toBe(stem);
});

it.each(['zh-Hans', 'ja', 'vi'])('has none for %s', async (code) => {
  expect(await loadStemmer(code)).toBeUndefined();
});
