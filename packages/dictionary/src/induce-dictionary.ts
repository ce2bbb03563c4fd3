import { z } from 'zod';
import { type DenseMatrix, parseOptions } from '@xtm/contracts';
import { centreColumns, type CrossDomainNeighbours, crossDomainNeighbours, normaliseRows } from '@xtm/numeric';
import {
  calibrateThreshold,
  type Calibration,
  type JudgedPair,
  KnownTranslations,
  splitWords,
} from './calibrate-threshold';
import { type Translation, type WordList, WordListBuilder } from './lists/word-list';

/** Options of an induction; fields say what they are. */
export const inductionSchema = z.strictObject({
  /** Nearest words that say how crowded a word's surroundings are. Default 10, as published. */
  neighbours: z.number().int().positive().default(10).describe("words that tell how crowded a word's surroundings are"),
  /**
   * Least score, in standard deviations of unrelated words, of pairs that are each other's nearest neighbour. Default
   * 2, unless known translations say better.
   */
  mutualThreshold: z.number().optional().meta({
    description: "least score of pairs that are each other's nearest",
    defaultText: '2, or as known',
  }),
  /**
   * The same for pairs where only one of the words is the other's nearest neighbour, such as inflected forms. Default
   * 4.
   */
  oneWayThreshold: z.number().optional().meta({
    description: 'least score of pairs that are nearest one way only',
    defaultText: '4',
  }),
  /** Share of correct pairs, as known translations tell, down to which thresholds go. Default 0.6. */
  minPrecision: z.number().min(0).max(1).default(0.6).meta({
    description: 'share of right pairs, as the known dictionary tells, that is accepted',
    placeholder: 'share',
  }),
});

export type InductionOptions = z.input<typeof inductionSchema>;

/** Thresholds without known translations: measured on four language pairs, see docs/dictionaries.md. */
const DEFAULT_THRESHOLDS = { mutual: 2, oneWay: 4 } as const;

export interface InductionInput {
  /** BCP-47 codes. */
  readonly languages: readonly [string, string];
  readonly vocabularies: readonly [readonly string[], readonly string[]];
  /** Vectors [words, dimensions] of both vocabularies in one space, of an encoder that knows both languages. */
  readonly vectors: readonly [DenseMatrix, DenseMatrix];
  /** A dictionary that is there already: half of its words set the thresholds, the other half judges the result. */
  readonly known?: WordList;
}

/** A kind of pair with its threshold and what known translations say of it. */
export interface InducedKind {
  /** In standard deviations of unrelated words. */
  readonly threshold: number;
  readonly pairs: number;
  /** Where there were enough known translations to choose the threshold by. */
  readonly calibration?: Calibration;
}

/** What known translations that had no part in choosing thresholds say of the result. */
export interface InductionQuality {
  /** Words of the first language that were held out. */
  readonly words: number;
  /** Pairs both of whose words are known. */
  readonly judged: number;
  /** Share of these that are known as translations. Dictionaries are never complete, so the truth is higher. */
  readonly precision: number;
  /** Share of the held-out words that were given a known translation. */
  readonly coverage: number;
}

export interface InducedDictionary {
  /** Surest first; scores in standard deviations of unrelated words. */
  readonly list: WordList;
  readonly mutual: InducedKind;
  readonly oneWay: InducedKind;
  readonly quality?: InductionQuality;
}

interface Candidate extends Translation {
  readonly score: number;
  readonly mutual: boolean;
}

/**
 * A dictionary from a multilingual encoder's vectors of two vocabularies: each vocabulary is centred, and pairs of
 * words that are each other's nearest neighbour by CSLS (Conneau et al. 2018) are taken where they score above a
 * threshold; so are, above a higher one, pairs where only one word is the other's nearest. Scores are CSLS over the
 * standard deviation of all cosines between the languages, which makes them comparable between encoders.
 *
 * @throws InvalidOptionError for options that are none
 */
export function induceDictionary(
  { languages, vocabularies, vectors, known }: InductionInput,
  options: InductionOptions = {},
): InducedDictionary {
  const resolved = parseOptions(inductionSchema, options);
  const [first, second] = vectors.map((matrix) => normaliseRows(centreColumns(normaliseRows(matrix))));
  const candidates = collectCandidates(crossDomainNeighbours(first!, second!, resolved.neighbours), vocabularies);
  const translations = known && new KnownTranslations(known);
  const { tuning, held } = splitWords(translations);
  const choose = (mutual: boolean): { readonly threshold: number; readonly calibration?: Calibration } => {
    const threshold = mutual ? resolved.mutualThreshold : resolved.oneWayThreshold;
    if (threshold !== undefined) return { threshold };
    const fallback = mutual ? DEFAULT_THRESHOLDS.mutual : DEFAULT_THRESHOLDS.oneWay;
    const judged =
      translations === undefined
        ? []
        : judge(
            candidates.filter((candidate) => candidate.mutual === mutual && tuning.has(candidate.first)),
            translations,
          );
    return calibrateThreshold(judged, { minPrecision: resolved.minPrecision, fallback });
  };
  const chosen = { mutual: choose(true), oneWay: choose(false) };
  const kept = candidates
    .filter(({ score, mutual }) => score >= (mutual ? chosen.mutual : chosen.oneWay).threshold)
    .sort((a, b) => b.score - a.score);
  const builder = new WordListBuilder(languages);
  for (const { first: firstWord, second: secondWord, score } of kept)
    builder.add({ first: firstWord, second: secondWord, score });
  return {
    list: builder.build(),
    mutual: { ...chosen.mutual, pairs: kept.filter(({ mutual }) => mutual).length },
    oneWay: { ...chosen.oneWay, pairs: kept.filter(({ mutual }) => !mutual).length },
    ...(translations && { quality: judgeQuality(kept, translations, held) }),
  };
}

/** Each word with its nearest neighbour, either way; pairs that are so both ways once. */
function collectCandidates(
  { first, second, spread }: CrossDomainNeighbours,
  [firstWords, secondWords]: InductionInput['vocabularies'],
): Candidate[] {
  if (firstWords.length === 0 || secondWords.length === 0) return [];
  const candidates: Candidate[] = [];
  first.nearest.forEach((other, word) => {
    candidates.push({
      first: firstWords[word]!,
      second: secondWords[other]!,
      score: first.scores[word]! / spread,
      mutual: second.nearest[other] === word,
    });
  });
  second.nearest.forEach((other, word) => {
    if (first.nearest[other] !== word)
      candidates.push({
        first: firstWords[other]!,
        second: secondWords[word]!,
        score: second.scores[word]! / spread,
        mutual: false,
      });
  });
  return candidates;
}

/** The candidates of which a dictionary can tell: it knows both words. */
function judge(candidates: readonly Candidate[], translations: KnownTranslations): JudgedPair[] {
  return candidates
    .filter(({ first, second }) => translations.knowsBoth(first, second))
    .map(({ first, second, score }) => ({ score, correct: translations.has(first, second) }));
}

function judgeQuality(
  kept: readonly Candidate[],
  translations: KnownTranslations,
  held: ReadonlySet<string>,
): InductionQuality {
  const ofHeld = kept.filter(({ first }) => held.has(first));
  const judged = judge(ofHeld, translations);
  const found = new Set(
    ofHeld.filter(({ first, second }) => translations.has(first, second)).map(({ first }) => first),
  );
  return {
    words: held.size,
    judged: judged.length,
    precision: judged.length === 0 ? Number.NaN : judged.filter(({ correct }) => correct).length / judged.length,
    coverage: held.size === 0 ? Number.NaN : found.size / held.size,
  };
}
