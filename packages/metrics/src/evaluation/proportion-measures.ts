import type { RandomGenerator, Topic } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { dominantTopics, normalisedMutualInformation } from '../clusters';
import { completionGain, unigramModel, wordsOfDocuments } from '../proportions/completion-gain';
import { chanceOfMates, mateRetrieval, type MateRetrieval } from '../proportions/mate-retrieval';
import { scoreWithFloor, type ScoreWithFloor } from '../proportions/score-with-floor';
import { topicCoverage, topicShares, type TopicShares } from '../proportions/topic-shares';
import { languagePairs, mean } from '../topic-scores';
import {
  type EvaluatedDocuments,
  type EvaluatedLanguage,
  type EvaluationInput,
  findMates,
  hasDocuments,
  languagesWithout,
  type Mates,
} from './evaluation-input';
import {
  defineMetric,
  type FiguresOfMeasure,
  joinName,
  type MatesOfPair,
  type OfSplit,
  Omission,
  pairFigures,
  type ScoresWithFloor,
} from './measure';

/** Floors permute the documents of every model in the same way, so that models can be compared. */
const PERMUTATION_SEED = 0;

const SHARES: readonly (keyof TopicShares)[] = ['effective', 'largest', 'largestMainTopic'];

export const topicSharesMetric = defineMetric({
  name: 'topicShares',
  title: 'topic shares',
  looksAt: 'proportions',
  lessIsBetter: ['largest', 'largestMainTopic'],
  isMain: (of) => of === 'effective' || of === 'largestMainTopic',
  compute({ input }) {
    const split = commonSplit(input, ['train', 'test'], (documents) => hasDocuments(documents?.proportions));
    if (split === undefined) return new Omission('it needs documents with topic proportions in every language');
    return { split, perLanguage: input.languages.map((language) => topicShares(language[split]!.proportions!)) };
  },
  figures: ({ perLanguage }, languages) =>
    Object.fromEntries(
      SHARES.flatMap((share) => {
        const values = perLanguage.map((shares) => shares[share]);
        return [
          [share, mean(values)],
          ...languages.map((code, index) => [joinName(share, code), values[index]!] as const),
        ];
      }),
    ),
});

export const coverageGainMetric = defineMetric({
  name: 'coverageGain',
  title: 'coverage gain',
  looksAt: 'proportions',
  compute({ input }) {
    const without = languagesWithout(
      input,
      ({ vocabulary, test }) =>
        vocabulary !== undefined && hasDocuments(test?.rows) && test?.proportions !== undefined,
    );
    if (without !== undefined)
      return new Omission(`there are no test documents with words and topic proportions in ${without}`);
    const perLanguage = input.languages.map(({ language, vocabulary, test }, index) => {
      const mainTopics = dominantTopics(test!.proportions!);
      const words = columnsOfTopics(input.topics, index, vocabulary!);
      return scoreWithFloor(
        mainTopics.length,
        (order) =>
          topicCoverage(
            test!.rows!,
            order.map((document) => mainTopics[document]!),
            words,
          ),
        permutations(language.code),
      );
    });
    return { perLanguage, mean: mean(perLanguage.map(({ gain }) => gain)) };
  },
  figures: (scores, languages) => floorFigures(scores, languages, ({ gain }) => gain),
});

/** Columns of the words that every topic lists in one language. */
function columnsOfTopics(topics: readonly Topic[], languageIndex: number, vocabulary: readonly string[]): number[][] {
  const columns = new Map(vocabulary.map((word, column) => [word, column]));
  return topics.map(({ words }) => words[languageIndex]!.flatMap((word) => columns.get(word) ?? []));
}

export const documentCompletionMetric = defineMetric({
  name: 'documentCompletion',
  title: 'document completion',
  looksAt: 'proportions',
  compute({ input }) {
    const without = languagesWithout(
      input,
      ({ completion, train }) =>
        hasDocuments(completion?.proportions) && hasDocuments(train?.rows) && train?.proportions !== undefined,
    );
    if (without !== undefined)
      return new Omission(
        'there are no half-seen test documents, or no training documents with words and topic proportions, in ' +
          `${without}`,
      );
    const perLanguage = input.languages.map(completionOf);
    return { perLanguage, mean: mean(perLanguage.map(({ value }) => value)) };
  },
  figures: (scores, languages) => floorFigures(scores, languages, ({ value }) => value),
});

function completionOf({ language, train, completion }: EvaluatedLanguage): ScoreWithFloor {
  const { heldOut, proportions } = completion!;
  const unigram = unigramModel(train!.rows!);
  const topicWord = wordsOfDocuments(train!.rows!, train!.proportions!, unigram);
  return scoreWithFloor(
    proportions.rows,
    (order) => completionGain(heldOut, { proportions, topicWord }, unigram, order),
    permutations(language.code),
  );
}

export const labelInformationMetric = defineMetric({
  name: 'labelInformation',
  title: 'label information',
  looksAt: 'proportions',
  compute({ input }) {
    const split = commonSplit(
      input,
      ['test', 'train'],
      (documents) => hasDocuments(documents?.proportions) && documents?.labels !== undefined,
    );
    if (split === undefined)
      return new Omission('it needs labelled documents with topic proportions in every language');
    const perLanguage = input.languages.map((language) => {
      const { proportions, labels } = language[split]!;
      const mainTopics = dominantTopics(proportions!);
      return scoreWithFloor(
        mainTopics.length,
        (order) =>
          normalisedMutualInformation(
            order.map((document) => mainTopics[document]!),
            labels!,
          ),
        permutations(language.language.code),
      );
    });
    return { split, perLanguage, mean: mean(perLanguage.map(({ value }) => value)) };
  },
  figures: (scores, languages) => floorFigures(scores, languages, ({ value }) => value),
});

export const mateRetrievalMetric = defineMetric({
  name: 'mateRetrieval',
  title: 'mate retrieval',
  needs: ['twoLanguages'],
  looksAt: 'proportions',
  compute({ input: { languages } }) {
    const pairs = languagePairs(languages.length).flatMap(
      ([first, second]) => matesOfPair(languages[first]!, languages[second]!) ?? [],
    );
    return pairs.length === 0
      ? new Omission('no two languages have documents with the same ids and topic proportions')
      : pairs;
  },
  figures: (pairs) => pairFigures(pairs, mateFigures),
});

function matesOfPair(first: EvaluatedLanguage, second: EvaluatedLanguage): MatesOfPair | undefined {
  const languages = [first.language.code, second.language.code] as const;
  for (const split of ['test', 'train'] as const) {
    const mates = findMates(first[split], second[split], permutations(languages.join('~')));
    if (mates !== undefined)
      return {
        languages,
        split,
        mates: mates.first.rows,
        directions: bothDirections(mates, languages),
        chance: chanceOfMates(mates.first.rows),
      };
  }
  return undefined;
}

function bothDirections(
  { first, second }: Mates,
  [firstCode, secondCode]: readonly [string, string],
): MatesOfPair['directions'] {
  return [
    { queryLanguage: firstCode, ...mateRetrieval(first, second) },
    { queryLanguage: secondCode, ...mateRetrieval(second, first) },
  ];
}

function mateFigures({ directions, chance }: MatesOfPair): FiguresOfMeasure {
  const of = (numbers: MateRetrieval, name: (measure: keyof MateRetrieval) => string) =>
    (['reciprocalRank', 'precisionAt1', 'precisionAt10'] as const).map(
      (measure) => [name(measure), numbers[measure]] as const,
    );
  return {
    '': mean(directions.map(({ reciprocalRank }) => reciprocalRank)),
    ...Object.fromEntries(
      directions.flatMap(({ queryLanguage, ...numbers }) =>
        of(numbers, (measure) => joinName(measure, queryLanguage)),
      ),
    ),
    ...Object.fromEntries(of(chance, (measure) => joinName('floor', measure))),
  };
}

function floorFigures(
  { perLanguage, mean: overall }: ScoresWithFloor,
  languages: readonly string[],
  figure: (score: ScoreWithFloor) => number,
): FiguresOfMeasure {
  return {
    '': overall,
    ...Object.fromEntries(languages.map((code, index) => [code, figure(perLanguage[index]!)])),
    ...Object.fromEntries(languages.map((code, index) => [joinName('floor', code), perLanguage[index]!.floor])),
  };
}

/** The first of the splits that every language has what is needed of. */
function commonSplit(
  { languages }: EvaluationInput,
  splits: readonly OfSplit['split'][],
  has: (documents: EvaluatedDocuments | undefined) => boolean,
): OfSplit['split'] | undefined {
  return splits.find((split) => languages.every((language) => has(language[split])));
}

function permutations(name: string): RandomGenerator {
  return new SeededGenerator(PERMUTATION_SEED).fork(name);
}
