import type { DenseMatrix } from '@xtm/contracts';
import { dictionaryAgreement, embeddingAlignment, embedTopics, translationsOf } from '../alignment';
import { countReference } from '../coherence/count-reference';
import { cnpmi, npmi } from '../coherence/npmi';
import { inverseRankBiasedOverlap, topicDiversity, topicQuality, topicUniqueness } from '../diversity';
import { llmRatings } from '../ratings';
import { languagePairs, mean, scoreLanguages, wordsOfLanguage } from '../topic-scores';
import { languagesWithout } from './evaluation-input';
import {
  type CnpmiOfPair,
  defineMetric,
  joinName,
  languageFigures,
  type MetricContext,
  Omission,
  pairFigures,
} from './measure';

export const uniquenessMetric = defineMetric({
  name: 'topicUniqueness',
  title: 'topic uniqueness',
  compute: ({ input }) => scoreLanguages(input.topics, topicUniqueness),
  figures: languageFigures,
});

export const diversityMetric = defineMetric({
  name: 'topicDiversity',
  title: 'topic diversity',
  compute: ({ input }) => scoreLanguages(input.topics, topicDiversity),
  figures: languageFigures,
});

export const rankBiasedOverlapMetric = defineMetric({
  name: 'inverseRankBiasedOverlap',
  title: 'inverse rank-biased overlap',
  compute({ input }) {
    if (input.topics.length < 2) return new Omission('there is only one topic');
    return scoreLanguages(input.topics, (words) => inverseRankBiasedOverlap(words));
  },
  figures: languageFigures,
});

export const npmiMetric = defineMetric({
  name: 'npmi',
  title: 'held-out NPMI',
  compute({ input }) {
    const without = languagesWithout(
      input,
      ({ vocabulary, test }) => vocabulary !== undefined && test?.rows !== undefined && test.rows.rows > 0,
    );
    if (without !== undefined) return new Omission(`there are no held-out documents in ${without}`);
    const scores = input.languages.map(({ vocabulary, test }, index) =>
      npmi(wordsOfLanguage(input.topics, index), { rows: test!.rows!, vocabulary: vocabulary! }),
    );
    const perLanguage = scores.map((score) => score.mean);
    return { perLanguage, mean: mean(perLanguage), perTopic: scores.map((score) => score.perTopic) };
  },
  figures: (scores, languages) => languageFigures(scores, languages),
});

export const cnpmiMetric = defineMetric({
  name: 'cnpmi',
  title: 'CNPMI',
  needs: ['references'],
  async compute(context) {
    const { references = [], languages } = context.input;
    const scores: CnpmiOfPair[] = [];
    for (const reference of references) {
      const [first, second] = reference.languages;
      const pair = {
        first: wordsOfLanguage(context.input.topics, first),
        second: wordsOfLanguage(context.input.topics, second),
      };
      const counts =
        'counts' in reference.source
          ? reference.source.counts
          : await countFiles(pair, reference.source.files, context);
      const codes = [languages[first]!.language.code, languages[second]!.language.code] as const;
      scores.push({
        languages: codes,
        counting: counts.counting,
        documents: counts.documents,
        ...cnpmi(pair, counts),
      });
    }
    return scores;
  },
  figures: (pairs) => pairFigures(pairs, (scores) => ({ '': scores.mean })),
});

function countFiles(
  pair: Parameters<typeof countReference>[0],
  files: Parameters<typeof countReference>[1],
  { options, run }: MetricContext,
) {
  return countReference(pair, files, { counting: options.counting, ...run });
}

export const qualityMetric = defineMetric({
  name: 'topicQuality',
  title: 'topic quality',
  compute({ known }) {
    const [pairs, uniqueness] = [known(cnpmiMetric), known(uniquenessMetric)];
    if (pairs === undefined || uniqueness === undefined)
      return new Omission('it needs CNPMI, hence a reference corpus');
    return topicQuality(mean(pairs.map((scores) => scores.mean)), uniqueness.mean);
  },
  figures: (value) => ({ '': value }),
});

export const dictionaryAgreementMetric = defineMetric({
  name: 'dictionaryAgreement',
  title: 'dictionary agreement',
  needs: ['dictionaries'],
  compute({ input }) {
    const { dictionaries = [], languages, topics } = input;
    const without = languagesWithout(input, ({ vocabulary }) => vocabulary !== undefined);
    if (without !== undefined) return new Omission(`there is no vocabulary of ${without}`);
    return dictionaries.map((dictionary) => {
      const [first, second] = dictionary.languages;
      const translations = translationsOf(dictionary, [languages[first]!.vocabulary!, languages[second]!.vocabulary!]);
      const pair = { first: wordsOfLanguage(topics, first), second: wordsOfLanguage(topics, second) };
      return {
        languages: [languages[first]!.language.code, languages[second]!.language.code] as const,
        ...dictionaryAgreement(pair, translations),
      };
    });
  },
  figures: (pairs) => pairFigures(pairs, (scores) => ({ '': scores.mean })),
});

export const embeddingAlignmentMetric = defineMetric({
  name: 'embeddingAlignment',
  title: 'embedding alignment',
  needs: ['embedder', 'twoLanguages'],
  async compute({ input, run }) {
    const { embedder, languages, topics } = input;
    const vectors: DenseMatrix[] = [];
    for (const index of languages.keys())
      vectors.push(await embedTopics(wordsOfLanguage(topics, index), embedder!, run));
    return languagePairs(languages.length).map(([first, second]) => ({
      languages: [languages[first]!.language.code, languages[second]!.language.code] as const,
      ...embeddingAlignment(vectors[first]!, vectors[second]!),
    }));
  },
  figures: (pairs) => pairFigures(pairs, (scores) => ({ '': scores.mean, nearestRate: scores.nearestRate })),
});

export const ratingsMetric = defineMetric({
  name: 'llmRatings',
  title: 'LLM ratings',
  needs: ['chatModel'],
  isMain: () => true,
  compute({ input, options, run }) {
    const { chatModel, description, languages, topics } = input;
    const settings = { description, runs: options.ratingRuns, temperature: options.ratingTemperature };
    return llmRatings(topics, languages.map(({ language }) => language), chatModel!, settings, run);
  },
  figures: ({ coherence, similarity }) => ({
    ...Object.fromEntries(coherence.map(({ language, mean }) => [joinName('coherence', language), mean])),
    ...pairFigures(similarity, (scores) => ({ '': scores.mean }), 'similarity'),
  }),
});
