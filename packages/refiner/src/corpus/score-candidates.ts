import type { Topic } from '@xtm/contracts';
import { topK } from '@xtm/numeric';
import type { TopicSeeds } from './candidates';
import type { ResolvedCorpusRefinerSettings } from './corpus-refiner-options';
import type { DocumentCooccurrence } from './document-cooccurrence';
import type { TopicWeights } from './topic-weights';
import type { WordSpace } from './word-space';

/** Candidates of one topic in one language and how well they suit it. */
export interface ScoredWords {
  readonly words: Int32Array;
  /** Mean 0 and standard deviation 1 over the candidates, unless all are equal. */
  readonly scores: Float64Array;
}

export interface ScoringContext {
  readonly cooccurrence: readonly DocumentCooccurrence[];
  readonly space: WordSpace;
  readonly weights: TopicWeights;
  readonly settings: ResolvedCorpusRefinerSettings;
}

/** Words a language that stand for the topic in the second pass. */
const CORE_WORDS = 10;

/**
 * Scores the candidates of a topic by the company they keep in training documents, their fit to the topic's
 * cross-lingual centroid, and their rarity in other topics. The topic's top words hold noise, so they serve a first
 * pass only; the best of it are the topic in a second.
 */
export function scoreCandidates(topic: Topic, seeds: TopicSeeds, candidates: readonly Int32Array[], context: ScoringContext): ScoredWords[] {
  const first = scoreAgainst(topic, seeds, candidates, context);
  const core = first.map(({ words, scores }) => topK(scores, CORE_WORDS).indices.map((position) => words[position]!));
  return scoreAgainst(topic, core, candidates, context);
}

function scoreAgainst(topic: Topic, core: TopicSeeds, candidates: readonly Int32Array[], { cooccurrence, space, weights, settings }: ScoringContext): ScoredWords[] {
  const centroid = space.centroid(core);
  return candidates.map((words, languageIndex) => {
    const company = standardise(cooccurrence[languageIndex]!.meanAssociation(words, core[languageIndex]!));
    const fit = standardise(space.cosines(languageIndex, words, centroid));
    const rarity = standardise(weights.shares(topic, languageIndex, words));
    const total = company.map((value, position) => settings.cooccurrenceWeight * value + settings.fitWeight * fit[position]! + settings.rarityWeight * rarity[position]!);
    return { words, scores: standardise(total) };
  });
}

function standardise(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length || 1));
  return values.map((value) => (deviation === 0 ? 0 : (value - mean) / deviation));
}
