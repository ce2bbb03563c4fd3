import { cnpmi } from '../coherence/cnpmi';
import { countReference } from '../coherence/reference/count-reference';
import { npmi } from '../coherence/npmi';
import { inverseRankBiasedOverlap } from '../diversity/rank-biased-overlap';
import { topicDiversity } from '../diversity/topic-diversity';
import { topicUniqueness } from '../diversity/topic-uniqueness';
import { scoreLanguages, wordsOfLanguage } from '../language-scores';
import { mean } from '../statistics';
import { topicQuality } from '../topic-quality';
import { languageFigures, pairFigures } from './figures-of-measure';
import { languagesWithout } from './languages-without';
import { Omission, type Measure, type MeasureContext, type Measures } from './measure';

export const uniquenessMeasure: Measure<'topicUniqueness'> = {
  title: 'topic uniqueness',
  compute: ({ input }) => scoreLanguages(input.topics, topicUniqueness),
  figures: languageFigures,
};

export const diversityMeasure: Measure<'topicDiversity'> = {
  title: 'topic diversity',
  compute: ({ input }) => scoreLanguages(input.topics, topicDiversity),
  figures: languageFigures,
};

export const rankBiasedOverlapMeasure: Measure<'inverseRankBiasedOverlap'> = {
  title: 'inverse rank-biased overlap',
  compute({ input }) {
    if (input.topics.length < 2) return new Omission('there is only one topic');
    return scoreLanguages(input.topics, (words) => inverseRankBiasedOverlap(words));
  },
  figures: languageFigures,
};

export const npmiMeasure: Measure<'npmi'> = {
  title: 'held-out NPMI',
  compute({ input }) {
    const without = languagesWithout(input, ({ vocabulary, test }) => vocabulary !== undefined && test?.rows !== undefined && test.rows.rows > 0);
    if (without !== undefined) return new Omission(`there are no held-out documents in ${without}`);
    const scores = input.languages.map(({ vocabulary, test }, index) => npmi(wordsOfLanguage(input.topics, index), { rows: test!.rows!, vocabulary: vocabulary! }));
    const perLanguage = scores.map((score) => score.mean);
    return { perLanguage, mean: mean(perLanguage), perTopic: scores.map((score) => score.perTopic) };
  },
  figures: languageFigures,
};

export const cnpmiMeasure: Measure<'cnpmi'> = {
  title: 'CNPMI',
  async compute(context) {
    const { references = [], languages } = context.input;
    if (references.length === 0) return new Omission('no reference corpus was given');
    const scores: Measures['cnpmi'][number][] = [];
    for (const reference of references) {
      const [first, second] = reference.languages;
      const pair = { first: wordsOfLanguage(context.input.topics, first), second: wordsOfLanguage(context.input.topics, second) };
      const counts = 'counts' in reference.source ? reference.source.counts : await countFiles(pair, reference.source.files, context);
      const codes = [languages[first]!.language.code, languages[second]!.language.code] as const;
      scores.push({ languages: codes, counting: counts.counting, documents: counts.documents, ...cnpmi(pair, counts) });
    }
    return scores;
  },
  figures: (pairs) => pairFigures(pairs, (scores) => ({ '': scores.mean })),
};

function countFiles(pair: Parameters<typeof countReference>[0], files: Parameters<typeof countReference>[1], { options, run }: MeasureContext) {
  return countReference(pair, files, { counting: options.counting, ...run });
}

export const qualityMeasure: Measure<'topicQuality'> = {
  title: 'topic quality',
  compute({ known }) {
    if (known.cnpmi === undefined || known.topicUniqueness === undefined) return new Omission('it needs CNPMI, hence a reference corpus');
    return topicQuality(mean(known.cnpmi.map((scores) => scores.mean)), known.topicUniqueness.mean);
  },
  figures: (value) => ({ '': value }),
};
