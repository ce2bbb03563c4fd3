import type { RefinementContext, Topic } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { createRefinementAnswers } from '@xtm/llm/testing';

/** Three topics in English and Chinese, small enough to be read in a test. */
export const exampleTopics: readonly Topic[] = [
  { index: 0, words: [['apple', 'pear', 'plum'], ['苹果', '梨', '李子']] },
  { index: 1, words: [['car', 'tyre', 'road'], ['汽车', '轮胎', '道路']] },
  { index: 2, words: [['song', 'tune', 'piano'], ['歌', '曲', '钢琴']] },
];

export const exampleContext: RefinementContext = {
  languages: [{ code: 'en', suffix: 'en' }, { code: 'zh-Hans', suffix: 'cn' }],
  description: 'product reviews',
  wordsPerTopic: 3,
};

/** [languages][vocabulary]: the topics' words. */
export const exampleVocabularies: readonly (readonly string[])[] = [0, 1].map((languageIndex) =>
  exampleTopics.flatMap(({ words }) => words[languageIndex]!),
);

/** A model that repeats the topics it is shown. */
export const faithfulAnswers = () => createRefinementAnswers({ generator: new SeededGenerator(0) });
