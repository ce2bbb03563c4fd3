import {
  AbortedError,
  type NoiseSource,
  type RefinementContext,
  type RefinementRound,
  type RunOptions,
  type Topic,
  type TopicRefiner,
} from '@xtm/contracts';
import { topK } from '@xtm/numeric';
import {
  candidatesOf,
  type CorpusRefinerOptions,
  type CorpusRefinerResources,
  type Partners,
  partnersOf,
  resolveCorpusRefinerOptions,
  type ResolvedCorpusRefinerSettings,
  scoreCandidates,
  type ScoredWords,
  type ScoringContext,
  type TopicSeeds,
  weightsOfProbabilities,
  weightsOfTopWords,
} from './candidates';
import { DocumentCooccurrence, WordSpace } from './word-space';

/** Scores of the topics that were refined last, since all rounds of a refinement share them. */
interface LastScores {
  readonly topics: readonly Topic[];
  readonly context: RefinementContext;
  readonly byTopic: readonly (readonly ScoredWords[])[];
}

/**
 * Refines topics from the corpus itself, without any language model: words of the vocabulary that are near the topic
 * in one way or another are scored by co-occurrence in training documents, fit to the topic's centroid over all
 * languages, and rarity in other topics. Rounds differ by seeded noise. Throws `InvalidOptionError`.
 */
export function createCorpusRefiner(options: CorpusRefinerOptions): TopicRefiner {
  const { resources, settings } = resolveCorpusRefinerOptions(options);
  return new CorpusRefiner(resources, settings);
}

class CorpusRefiner implements TopicRefiner {
  readonly name = 'corpus';
  private readonly positions: readonly ReadonlyMap<string, number>[];
  private readonly cooccurrence: readonly DocumentCooccurrence[];
  private readonly space: WordSpace;
  private readonly partners: Partners;
  private last: LastScores | undefined;

  constructor(
    private readonly resources: CorpusRefinerResources,
    private readonly settings: ResolvedCorpusRefinerSettings,
  ) {
    this.positions = resources.vocabularies.map(
      (vocabulary) => new Map(vocabulary.map((word, position) => [word, position])),
    );
    this.cooccurrence = resources.trainRows.map((rows) => new DocumentCooccurrence(rows));
    this.space = new WordSpace(resources.wordEmbeddings);
    this.partners = partnersOf(resources.dictionary);
  }

  async refine(
    topics: readonly Topic[],
    context: RefinementContext,
    round: number,
    { signal }: RunOptions = {},
  ): Promise<RefinementRound> {
    const scores = this.scoresOf(topics, context);
    if (signal?.aborted) throw new AbortedError('refinement', { cause: signal.reason });
    const refined = topics.map(({ index }, position) => {
      const noise = this.resources.generator.fork(`round ${round}, topic ${index}`);
      const words = scores[position]!.map((scored, languageIndex) =>
        Array.from(
          sampleWords(scored, context.wordsPerTopic, this.settings.temperature, noise),
          (word) => this.resources.vocabularies[languageIndex]![word]!,
        ),
      );
      return { index, words };
    });
    return { topics: refined, usage: { inputTokens: 0, outputTokens: 0 } };
  }

  private scoresOf(topics: readonly Topic[], context: RefinementContext): readonly (readonly ScoredWords[])[] {
    if (this.last?.topics !== topics || this.last.context !== context) {
      const weights =
        context.topicWord === undefined
          ? weightsOfTopWords(topics, this.positions)
          : weightsOfProbabilities(context.topicWord);
      const scoring = { cooccurrence: this.cooccurrence, space: this.space, weights, settings: this.settings };
      const seeds = topics.map((topic) => this.seedsOf(topic));
      this.findNeighbours(seeds);
      this.last = {
        topics,
        context,
        byTopic: topics.map((topic, position) => this.scoreTopic(topic, seeds[position]!, scoring)),
      };
    }
    return this.last.byTopic;
  }

  private seedsOf({ words }: Topic): TopicSeeds {
    return this.positions.map((positions, languageIndex) =>
      Int32Array.from((words[languageIndex] ?? []).flatMap((word) => positions.get(word) ?? [])),
    );
  }

  /** Of all topics' words at once, which is quicker than topic by topic; the space remembers them. */
  private findNeighbours(seeds: readonly TopicSeeds[]): void {
    this.positions.forEach((_, languageIndex) => {
      const words = Int32Array.from(new Set(seeds.flatMap((lists) => [...lists[languageIndex]!])));
      this.positions.forEach((_words, target) =>
        this.space.nearest(languageIndex, words, target, this.settings.neighbours),
      );
    });
  }

  private scoreTopic(topic: Topic, seeds: TopicSeeds, scoring: ScoringContext): ScoredWords[] {
    return scoreCandidates(
      topic,
      seeds,
      candidatesOf(topic, seeds, scoring.weights, this.partners, this.space, this.settings),
      scoring,
    );
  }
}

/**
 * Draws words without replacement, each next one with probability softmax(score / temperature) among those left
 * (Gumbel top-k), first drawn first. At temperature 0 the best words in their order.
 */
export function sampleWords(
  { words, scores }: ScoredWords,
  count: number,
  temperature: number,
  noise: NoiseSource,
): Int32Array {
  const uniform = new Float32Array(words.length);
  noise.fillUniform(uniform);
  const keys = scores.map((score, position) => score - temperature * Math.log(-Math.log(clamp(uniform[position]!))));
  return topK(keys, count).indices.map((position) => words[position]!);
}

/** Keeps both logarithms finite. */
function clamp(uniform: number): number {
  return Math.min(Math.max(uniform, 1e-7), 1 - 1e-7);
}
