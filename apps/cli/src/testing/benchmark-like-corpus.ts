import type { Corpus, DocumentSet, RandomGenerator } from '@xtm/contracts';
import { sparseRowsFromMaps } from '@xtm/data';

const LANGUAGES = [{ code: 'en', suffix: 'en' }, { code: 'zh-Hans', suffix: 'cn' }];
const WORDS = 5000;
const TOPICS = 50;
const WORDS_A_TOPIC = 60;
const LENGTH = 25;

/**
 * Bags of words in the sizes of Amazon Review: 20,000 training and 5,000 test documents and 5,000 words per language.
 * The first words are as frequent as those of a language are; each of 50 topics has words of its own after them.
 */
export function benchmarkLikeCorpus(generator: RandomGenerator): Corpus {
  const everyWord = Int32Array.from({ length: WORDS }, (_, word) => word);
  return {
    name: 'benchmark-like',
    languages: LANGUAGES.map((language) => ({
      language,
      vocabulary: Array.from(everyWord, (word) => `${language.suffix}${word}`),
      train: drawDocuments(20_000, generator),
      test: drawDocuments(5000, generator),
    })),
    dictionary: { languages: [0, 1], first: everyWord, second: everyWord },
  };
}

function drawDocuments(documents: number, generator: RandomGenerator): DocumentSet {
  const rows = Array.from({ length: documents }, (_, document) => {
    const counts = new Map<number, number>();
    for (let position = 0; position < LENGTH; position++) {
      const word = position % 2 === 0 ? commonWord(generator) : topicWord(document % TOPICS, generator);
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    return counts;
  });
  return {
    rows: sparseRowsFromMaps(rows, WORDS),
    labels: Array.from({ length: documents }, (_, document) => String((document % TOPICS) % 2)),
  };
}

/** Word r with a probability that falls about as 1/r. */
function commonWord(generator: RandomGenerator): number {
  return Math.floor((WORDS - TOPICS * WORDS_A_TOPIC) ** generator.uniform()) - 1;
}

function topicWord(topic: number, generator: RandomGenerator): number {
  return WORDS - (topic + 1) * WORDS_A_TOPIC + generator.integer(WORDS_A_TOPIC);
}
