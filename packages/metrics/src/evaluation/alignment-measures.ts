import type { DenseMatrix } from '@xtm/contracts';
import { dictionaryAgreement, translationsOf } from '../alignment/dictionary-agreement';
import { embeddingAlignment, embedTopics } from '../alignment/embedding-alignment';
import { languagePairs } from '../language-pairs';
import { wordsOfLanguage } from '../language-scores';
import { llmRatings } from '../ratings/llm-ratings';
import { joinName, pairFigures } from './figures-of-measure';
import { languagesWithout } from './languages-without';
import { Omission, type Measure } from './measure';

export const dictionaryAgreementMeasure: Measure<'dictionaryAgreement'> = {
  title: 'dictionary agreement',
  compute({ input }) {
    const { dictionaries = [], languages, topics } = input;
    if (dictionaries.length === 0) return new Omission('no dictionary was given');
    const without = languagesWithout(input, ({ vocabulary }) => vocabulary !== undefined);
    if (without !== undefined) return new Omission(`there is no vocabulary of ${without}`);
    return dictionaries.map((dictionary) => {
      const [first, second] = dictionary.languages;
      const translations = translationsOf(dictionary, [languages[first]!.vocabulary!, languages[second]!.vocabulary!]);
      const pair = { first: wordsOfLanguage(topics, first), second: wordsOfLanguage(topics, second) };
      return { languages: [languages[first]!.language.code, languages[second]!.language.code] as const, ...dictionaryAgreement(pair, translations) };
    });
  },
  figures: (pairs) => pairFigures(pairs, (scores) => ({ '': scores.mean })),
};

export const embeddingAlignmentMeasure: Measure<'embeddingAlignment'> = {
  title: 'embedding alignment',
  async compute({ input, run }) {
    const { embedder, languages, topics } = input;
    if (embedder === undefined) return new Omission('no embedder was given');
    if (languages.length < 2) return new Omission('there is only one language');
    const vectors: DenseMatrix[] = [];
    for (const index of languages.keys()) vectors.push(await embedTopics(wordsOfLanguage(topics, index), embedder, run));
    return languagePairs(languages.length).map(([first, second]) => ({
      languages: [languages[first]!.language.code, languages[second]!.language.code] as const,
      ...embeddingAlignment(vectors[first]!, vectors[second]!),
    }));
  },
  figures: (pairs) => pairFigures(pairs, (scores) => ({ '': scores.mean, nearestRate: scores.nearestRate })),
};

export const ratingsMeasure: Measure<'llmRatings'> = {
  title: 'LLM ratings',
  compute({ input, options, run }) {
    const { chatModel, description, languages, topics } = input;
    if (chatModel === undefined) return new Omission('no chat model was given');
    const settings = { description, runs: options.ratingRuns, temperature: options.ratingTemperature };
    return llmRatings(topics, languages.map(({ language }) => language), chatModel, settings, run);
  },
  figures: ({ coherence, similarity }) => ({
    ...Object.fromEntries(coherence.map(({ language, mean }) => [joinName('coherence', language), mean])),
    ...pairFigures(similarity, (scores) => ({ '': scores.mean }), 'similarity'),
  }),
};
