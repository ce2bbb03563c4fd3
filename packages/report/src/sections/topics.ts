import type { DenseMatrix } from '@xtm/contracts';
import { dictionaryAgreement, translationsOf } from '@xtm/metrics';
import { topK } from '@xtm/numeric';
import { type RefinementEvent, type ShownTopic, topWords } from '@xtm/pipeline';
import type { Available, RatingsData } from '../contract/run-data';
import type {
  AlignmentData,
  TopicData,
  TopicRefinementData,
  TopicWordsData,
  WordTableData,
} from '../contract/topic-data';
import { wordScore } from '../contract/word-order';
import type { RunMaterial } from '../read-run';
import { describeLanguage, finiteOrNull, meanOrNull, significant } from '../wording';
import { refinementEvents } from './overview';

/**
 * @param words of every topic [languages][topics]
 * @param documents of every topic, as positions among the documents that are shown [topics][languages]
 */
export function describeTopics(
  run: RunMaterial,
  words: readonly (readonly TopicWordsData[])[],
  documents: readonly (readonly number[][])[],
): TopicData[] {
  const events = refinementEvents(run.events);
  const { npmi, dictionaryAgreement } = run.evaluation.measures;
  return run.topics.map((topic, position) => {
    const refinements = topicRefinements(topic, events, run.languages.length);
    const theme = refinements.flatMap((refinement) => refinement.theme ?? []).at(-1);
    const pairs = dictionaryAgreement ?? [];
    return {
      index: topic.index,
      members: topic.members,
      ...(topic.name !== undefined && { name: topic.name }),
      ...(theme !== undefined && { theme }),
      weights: run.weights.map((ofLanguage) => significant(ofLanguage[position]!)),
      mainTopicOf: run.mainTopicOf.map((ofLanguage) => significant(ofLanguage[position]!)),
      ...(npmi !== undefined && {
        coherence: npmi.perTopic.map((scores) =>
          finiteOrNull(meanOrNull(topic.members.map((member) => scores[member])) ?? undefined),
        ),
      }),
      ...(pairs.length > 0 && {
        translated: meanOrNull(pairs.flatMap(({ perTopic }) => topic.members.map((member) => perTopic[member]))),
      }),
      words: words.map((ofLanguage) => ofLanguage[position]!),
      documents: documents[position]!,
      refinements,
    };
  });
}

/** Words per topic that the page can show at any setting of the slider. */
const SHOWN_WORDS = 20;

/** Settings of the slider for which the page knows the exact list. */
const SETTINGS = Array.from({ length: 11 }, (_, step) => (step - 5) / 5);

/**
 * Each topic's candidates: the first words as the run ranks them, then all others that are among the first ones at
 * some setting of the slider.
 *
 * @param scores what the run ranks words by [topics, vocabulary]
 * @param topicWord p(w | t) [topics, vocabulary]
 */
export function topicWordsOf(scores: DenseMatrix, topicWord: DenseMatrix, table: WordTable): TopicWordsData[] {
  const means = meanProbabilities(topicWord);
  return Array.from({ length: topicWord.rows }, (_, topic) => {
    const rowOf = ({ data, columns }: DenseMatrix) => data.subarray(topic * columns, (topic + 1) * columns);
    const probabilities = rowOf(topicWord);
    const first = Array.from(topK(rowOf(scores), SHOWN_WORDS).indices);
    const candidates = new Set(
      SETTINGS.flatMap((emphasis) =>
        Array.from(
          topK(
            probabilities.map((p, word) => wordScore(p, means[word]!, emphasis)),
            SHOWN_WORDS,
          ).indices,
        ),
      ),
    );
    const others = [...candidates]
      .filter((word) => !first.includes(word))
      .sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
    const words = [...first, ...others];
    return {
      words: words.map((word) => table.position(word)),
      probabilities: words.map((word) => significant(probabilities[word]!)),
      means: words.map((word) => significant(means[word]!)),
    };
  });
}

/** Mean of p(w | t) over the topics, all weighing the same [vocabulary]. */
function meanProbabilities({ rows, columns, data }: DenseMatrix): Float64Array {
  const means = new Float64Array(columns);
  for (let i = 0; i < data.length; i++) means[i % columns]! += data[i]! / rows;
  return means;
}

/** Words that the search knows, per language. */
const SEARCHABLE = 20_000;

const TOPICS_PER_WORD = 3;

/**
 * One language's words in the order in which the page knows them: the most probable ones, then others as they are
 * asked for.
 */
export class WordTable {
  readonly #vocabulary: readonly string[];
  readonly #marginal: Float64Array;
  readonly #positions = new Map<number, number>();
  readonly #searchable: number;

  /** @param marginal p(w) over all topics [vocabulary] */
  constructor(vocabulary: readonly string[], marginal: Float64Array) {
    this.#vocabulary = vocabulary;
    this.#marginal = marginal;
    for (const word of vocabulary.length <= SEARCHABLE ? vocabulary.keys() : topK(marginal, SEARCHABLE).indices)
      this.position(word);
    this.#searchable = this.#positions.size;
  }

  /** Where a word of the vocabulary stands in the table. */
  position(word: number): number {
    const known = this.#positions.get(word);
    if (known !== undefined) return known;
    this.#positions.set(word, this.#positions.size);
    return this.#positions.size - 1;
  }

  /**
   * @param topicWord [topics, vocabulary]
   * @param weights p(t) [topics]
   */
  toData(topicWord: DenseMatrix, weights: ArrayLike<number>): WordTableData {
    const words = [...this.#positions.keys()];
    const topicsPerWord = Math.min(TOPICS_PER_WORD, topicWord.rows);
    const heaviest = words
      .slice(0, this.#searchable)
      .map((word) => topK(this.#joint(word, topicWord, weights), topicsPerWord));
    return {
      words: words.map((word) => this.#vocabulary[word]!),
      probabilities: words.map((word) => significant(this.#marginal[word]!, 3)),
      searchable: this.#searchable,
      topics: heaviest.flatMap(({ indices }) => Array.from(indices)),
      shares: words
        .slice(0, this.#searchable)
        .flatMap((word, at) =>
          Array.from(heaviest[at]!.values, (value) => Math.round((100 * value) / this.#marginal[word]!)),
        ),
      topicsPerWord,
    };
  }

  /** p(t, w) of every topic. */
  #joint(word: number, { rows, columns, data }: DenseMatrix, weights: ArrayLike<number>): Float64Array {
    return Float64Array.from({ length: rows }, (_, topic) => weights[topic]! * data[topic * columns + word]!);
  }
}

/** p(w) = Σ p(t) p(w | t) of one language [vocabulary], for weights that sum to 1. */
export function marginalProbabilities({ rows, columns, data }: DenseMatrix, weights: ArrayLike<number>): Float64Array {
  const marginal = new Float64Array(columns);
  for (let topic = 0; topic < rows; topic++) {
    for (let word = 0; word < columns; word++) marginal[word]! += weights[topic]! * data[topic * columns + word]!;
  }
  return marginal;
}

/** Weights scaled to sum to 1, as hidden topics leave gaps; equal ones where all are 0. */
export function normalisedWeights(weights: Float64Array): Float64Array {
  const sum = weights.reduce((a, b) => a + b, 0);
  return sum > 0 ? weights.map((weight) => weight / sum) : weights.map(() => 1 / weights.length);
}

/** What refinements did to a topic; none of a merger, whose parts were refined apart. */
function topicRefinements(
  { members, index }: ShownTopic,
  events: readonly RefinementEvent[],
  numLanguages: number,
): TopicRefinementData[] {
  if (members.length > 1) return [];
  return events.flatMap(({ epoch, before, topics }) => {
    const topic = topics[index];
    if (topic === undefined) return [];
    const { refined, agreement, rounds, theme, counts, discarded } = topic;
    return [
      {
        epoch,
        refined,
        agreement: significant(agreement, 3),
        rounds,
        ...(theme !== undefined && { theme }),
        ...(before?.[index] !== undefined && { before: before[index] }),
        after: topic.words,
        counts,
        discarded: Array.from({ length: numLanguages }, (_, language) =>
          discarded.filter(({ languageIndex }) => languageIndex === language).map(({ word }) => word),
        ),
      },
    ];
  });
}

/** What a language model thought of the topics, where it was asked; a merger has the mean of its parts. */
export function describeRatings({ evaluation, topics, name }: RunMaterial): Available<RatingsData> {
  const { llmRatings } = evaluation.measures;
  if (llmRatings === undefined)
    return {
      missing: `No language model has rated these topics. "xtm evaluate ${name} --llm-preset NAME --llm-model NAME" ` +
        'asks one.',
    };
  const { model, runs, coherence, similarity } = llmRatings;
  const titled = [
    ...coherence.map(({ language, perTopic }) => ({ title: `${nameOf(language)} coherence`, perTopic })),
    ...similarity.map(({ languages, perTopic }) => ({
      title: `${languages.map(nameOf).join(' and ')} similarity`,
      perTopic,
    })),
  ];
  return {
    data: {
      model,
      runs,
      rows: titled.map(({ title, perTopic }) => ({
        title,
        ratings: topics.map(({ members }) => meanOrNull(members.map((member) => perTopic[member]))),
      })),
    },
  };
}

function nameOf(code: string): string {
  return describeLanguage({ code, suffix: code }).name;
}

const DEFAULT_TOP_WORDS = 15;

/** How well each topic of one language agrees with each of the other, by the dictionary. */
export function describeAlignment({
  corpus,
  wordScores,
  topicWord,
  vocabularies,
  config,
}: RunMaterial): Available<AlignmentData> {
  if (corpus === undefined)
    return {
      missing:
        'The dataset that the run was trained on, and its dictionary, were not at hand when this report was written.',
    };
  if (corpus.dictionary === undefined) return { missing: 'The dataset has no dictionary to compare topics by.' };
  const [first, second] = corpus.dictionary.languages;
  const count = config.settings.topWords ?? DEFAULT_TOP_WORDS;
  const words = [first, second].map((language) =>
    topWords(wordScores[language]!, topicWord[language]!, vocabularies[language]!, count).map((topic) =>
      topic.map(({ word }) => word),
    ),
  );
  const [left, right] = [words[0]!, words[1]!];
  const everyPair = {
    first: left.flatMap((topic) => right.map(() => topic)),
    second: left.flatMap(() => right),
  };
  const { perTopic } = dictionaryAgreement(
    everyPair,
    translationsOf(corpus.dictionary, [vocabularies[first]!, vocabularies[second]!]),
  );
  return {
    data: {
      languages: [first, second],
      topWords: count,
      agreement: left.map((_, row) =>
        perTopic.slice(row * right.length, (row + 1) * right.length).map((share) => significant(share, 3)),
      ),
    },
  };
}
