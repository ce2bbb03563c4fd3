import type { LanguageScores } from '../language-scores';
import type { TopicEvaluation } from './evaluate-topics';
import type { Measures, OfLanguagePair } from './measure';

/** One number of an evaluation. */
export interface Figure {
  /** Measure and, after slashes, what of it: `topicUniqueness`, `topicUniqueness/en`, `classification/linear/en-I/accuracy`. */
  readonly name: string;
  readonly value: number;
}

/**
 * The numbers of an evaluation as one flat list, for tables and comparisons: means first, then a language, a pair of
 * languages (`en~zh-Hans`) or a classifier's cell each. With more than two languages a cross-lingual cell names its
 * training language too (`en-C-fr`).
 */
export function figuresOf({ languages, measures }: TopicEvaluation): Figure[] {
  const perLanguage = (name: keyof Measures, scores: LanguageScores | undefined): Figure[] =>
    scores === undefined ? [] : [{ name, value: scores.mean }, ...languages.map((code, index) => ({ name: `${name}/${code}`, value: scores.perLanguage[index]! }))];
  return [
    ...pairFigures('cnpmi', measures.cnpmi, (scores) => ({ '': scores.mean })),
    ...perLanguage('topicUniqueness', measures.topicUniqueness),
    ...single('topicQuality', measures.topicQuality),
    ...perLanguage('npmi', measures.npmi),
    ...perLanguage('topicDiversity', measures.topicDiversity),
    ...perLanguage('inverseRankBiasedOverlap', measures.inverseRankBiasedOverlap),
    ...pairFigures('dictionaryAgreement', measures.dictionaryAgreement, (scores) => ({ '': scores.mean })),
    ...pairFigures('embeddingAlignment', measures.embeddingAlignment, (scores) => ({ '': scores.mean, '/nearestRate': scores.nearestRate })),
    ...perLanguage('perplexity', measures.perplexity),
    ...classificationFigures(measures.classification ?? [], languages.length),
    ...single('purity', measures.purity),
    ...single('normalisedMutualInformation', measures.normalisedMutualInformation),
    ...single('languageBalance', measures.languageBalance),
    ...ratingFigures(measures.llmRatings),
  ];
}

function single(name: keyof Measures, value: number | undefined): Figure[] {
  return value === undefined ? [] : [{ name, value }];
}

/** With a single pair of languages its codes are left out of the names. */
function pairFigures<Scores extends OfLanguagePair>(name: string, pairs: readonly Scores[] = [], numbers: (scores: Scores) => Readonly<Record<string, number>>): Figure[] {
  return pairs.flatMap((scores) => {
    const start = pairs.length === 1 ? name : `${name}/${scores.languages.join('~')}`;
    return Object.entries(numbers(scores)).map(([end, value]) => ({ name: start + end, value }));
  });
}

function classificationFigures(tables: Measures['classification'], languages: number): Figure[] {
  return tables.flatMap(({ classifier, results }) =>
    results.flatMap(({ kind, testLanguage, trainLanguage, accuracy, macroF1 }) => {
      const cell = `${testLanguage}-${kind}${kind === 'C' && languages > 2 ? `-${trainLanguage}` : ''}`;
      return [
        { name: `classification/${classifier}/${cell}/accuracy`, value: accuracy },
        { name: `classification/${classifier}/${cell}/macroF1`, value: macroF1 },
      ];
    }),
  );
}

function ratingFigures(ratings: Measures['llmRatings'] | undefined): Figure[] {
  if (ratings === undefined) return [];
  const coherence = ratings.coherence.map(({ language, mean }) => ({ name: `llmRatings/coherence/${language}`, value: mean }));
  return [...coherence, ...pairFigures('llmRatings/similarity', ratings.similarity, (scores) => ({ '': scores.mean }))];
}
