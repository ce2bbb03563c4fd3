import * as tf from '@tensorflow/tfjs-core';
import type { DenseMatrix, Embedder, ModelResources, RunOptions, Topic, TopicRefiner } from '@xtm/contracts';
import { refineConsistently, type RoundReport, type Stem, type VotedTopic } from '@xtm/refiner';
import { readDecoderWeights, wordDistributions } from '../model/complete-model';
import { rankingScores, topicsOf } from '../model/word-ranking';
import { readRefinement, recordRefinement, recordRound } from '../run-folder/refinements';
import type { RunFolder } from '../run-folder/run-folder';
import type { Objective } from '../training/objective';
import { settleNormalisation } from '../training/settle-normalisation';
import { trainEpochs } from '../training/train-epochs';
import type { Trainer } from '../training/trainer';
import { alignmentLoss } from './document-alignment';
import { refinedDistribution } from './refined-distribution';
import type { RefinementSettings } from './refinement-settings';
import { topWordPositions, topWordWeights } from './top-word-weights';
import { createWordLoss, JoinedWordEmbeddings, type EpochWordLoss, type WordLoss } from './word-loss';

/** What phase 2 works with besides the trained model. */
export interface RefinementComponents {
  readonly refiner: TopicRefiner;
  /** Embeds topics' texts into the space of the documents' and words' embeddings. */
  readonly embedder: Embedder;
  /** Stemmers, one per language, to let a proposed word stand for a vocabulary word of the same stem. */
  readonly stems?: readonly (Stem | undefined)[];
}

export interface RefineModelInput extends RefinementComponents, RunOptions {
  readonly trainer: Trainer;
  readonly resources: ModelResources;
  readonly settings: RefinementSettings;
  /** Learning rate that phase 1 began with. */
  readonly initialLearningRate: number;
  /** Epochs of phase 1. */
  readonly phaseOneEpochs: number;
  /** Epochs of both phases that are done; more than those of phase 1 when phase 2 is resumed. */
  readonly epochsDone: number;
  readonly lastCheckpoint?: string;
  readonly folder?: RunFolder;
  /** How the words are ranked that the refiner is shown. */
  readonly wordRanking: 'characteristic' | 'weights';
}

/** Phase 2: refines topics at its first epoch and every few epochs, and continues training toward the refined words. */
export async function refineModel(input: RefineModelInput): Promise<void> {
  const { trainer, settings, folder, phaseOneEpochs, epochsDone, signal, onProgress } = input;
  let refining = epochsDone + 1;
  const phase = new RefinementPhase({ ...input, onRound: (report) => folder && recordRound(folder, refining, report) });
  try {
    const latest = folder && readRefinement(folder, epochsDone);
    if (latest !== undefined) await phase.adopt(latest);
    await trainEpochs(trainer, {
      stage: 'refining',
      from: epochsDone + 1,
      to: phaseOneEpochs + settings.epochs,
      clipNorm: settings.clipNorm,
      folder,
      lastCheckpoint: input.lastCheckpoint,
      signal,
      onProgress,
      startEpoch: async (epoch) => {
        const since = epoch - phaseOneEpochs - 1;
        if (since === 0) trainer.optimiser.learningRate = input.initialLearningRate * settings.learningRateFactor;
        if (since % settings.refineEvery === 0) {
          refining = epoch;
          const known = folder && readRefinement(folder, epoch, epoch);
          await phase.adopt(known ?? (await refineNow(phase, epoch, input)));
        }
        return phase.startEpoch();
      },
    });
  } finally {
    phase.dispose();
  }
}

/** Refines the topics as they are, and keeps what came of it before it is used. */
async function refineNow(
  phase: RefinementPhase,
  epoch: number,
  { folder, signal, onProgress }: RefineModelInput,
): Promise<readonly VotedTopic[]> {
  const current = await phase.currentTopics({ signal, onProgress });
  const topics = await phase.refine(current, { signal, onProgress });
  if (folder !== undefined) recordRefinement(folder, epoch, topics, current.topics);
  return topics;
}

interface RefinementPhaseInput extends RefinementComponents {
  readonly trainer: Trainer;
  readonly resources: ModelResources;
  readonly settings: RefinementSettings;
  /** How the words are ranked that the refiner is shown. */
  readonly wordRanking: 'characteristic' | 'weights';
  /** Told of every round as it came, before its words count. */
  readonly onRound?: (report: RoundReport) => void;
}

/** Topics in the midst of training. */
interface CurrentTopics {
  /** With as many words as are shown to the refiner. */
  readonly topics: readonly Topic[];
  /** p(w | k) [topics, vocabulary], one matrix per language. */
  readonly topicWord: readonly DenseMatrix[];
}

/**
 * Phase 2 of LLM-XTM on any backbone (Algorithm 1): what a training step minimises in an epoch, given the latest
 * refinement. Topics' top words are taken anew every epoch; refined words, their kernels and the topics' embeddings
 * stay between refinements.
 */
class RefinementPhase {
  readonly #input: RefinementPhaseInput;
  readonly #words: JoinedWordEmbeddings | undefined;
  #wordLoss: WordLoss | undefined;
  #topicEmbeddings: tf.Tensor2D | undefined;
  #epochLoss: EpochWordLoss | undefined;

  constructor(input: RefinementPhaseInput) {
    this.#input = input;
    const { resources, settings } = input;
    const vocabularies = resources.corpus.languages.map(({ vocabulary }) => vocabulary);
    this.#words =
      settings.wordLoss === 'none' ? undefined : new JoinedWordEmbeddings(resources.wordEmbeddings!, vocabularies);
  }

  /** What is known of the topics as they are now. */
  async currentTopics(run: RunOptions): Promise<CurrentTopics> {
    const {
      trainer: { backbone },
      resources: { corpus },
      settings,
      wordRanking,
    } = this.#input;
    await settleNormalisation(backbone, corpus, run);
    const topicWord = await wordDistributions(backbone, corpus, backbone.numTopics, run);
    const scores = rankingScores({ ranking: wordRanking, topicWord, topicWeights: readDecoderWeights(backbone) });
    return {
      topics: topicsOf(
        scores,
        corpus.languages.map(({ vocabulary }) => vocabulary),
        settings.topWords,
      ),
      topicWord,
    };
  }

  /** Refines topics in several rounds. Throws what stopped it before any topic was refined. */
  async refine(current: CurrentTopics, { signal, onProgress }: RunOptions): Promise<readonly VotedTopic[]> {
    const {
      resources: { corpus },
      settings,
      refiner,
      stems,
      onRound,
    } = this.#input;
    const { topics, stopped } = await refineConsistently({
      refiner,
      topics: current.topics,
      context: {
        languages: corpus.languages.map(({ language }) => language),
        description: corpus.description,
        wordsPerTopic: settings.refinedWords,
        topicWord: current.topicWord,
      },
      vocabularies: corpus.languages.map(({ vocabulary }) => vocabulary),
      rounds: settings.rounds,
      counting: settings.counting,
      stems,
      onRound,
      signal,
      onProgress,
    });
    if (stopped !== undefined && !topics.some(({ refined }) => refined)) throw stopped;
    return topics;
  }

  /** Makes a refinement the one that counts from now on. */
  async adopt(topics: readonly VotedTopic[]): Promise<void> {
    const { settings, embedder } = this.#input;
    if (this.#words !== undefined) {
      const words = this.#words;
      const refined = topics.map((topic) =>
        refinedDistribution(topic, settings.distribution, (language, word) => words.rowOf(language, word)),
      );
      this.#wordLoss = createWordLoss(words.tensor, refined, settings);
    }
    if (settings.alignment === 'none') return;
    const { rows, columns, data } = await embedder.embedTexts(topics.map(({ words }) => words.flat().join(' ')));
    this.#topicEmbeddings?.dispose();
    this.#topicEmbeddings = tf.tensor2d(data, [rows, columns]);
  }

  /** What the steps of the coming epoch minimise, from the top words as they are now. */
  startEpoch(): Objective {
    this.#epochLoss?.dispose();
    const { trainer, settings, resources } = this.#input;
    const positions = readDecoderWeights(trainer.backbone).map((weights) =>
      topWordPositions(weights, settings.topWords),
    );
    const rows = this.#words === undefined ? [] : joinRows(positions, this.#words);
    const wordLoss = this.#wordLoss?.atTopWords(rows);
    this.#epochLoss = wordLoss;
    return ({ loss, parts, documentTopics, topicWord }, batch) => {
      const added: Record<string, tf.Scalar> = {};
      if (wordLoss !== undefined) {
        const weights = topWordWeights(topicWord, positions, settings.distribution);
        added['words'] = tf.mul(wordLoss.loss(weights), settings.wordLossWeight);
      }
      if (this.#topicEmbeddings !== undefined) {
        const aligned = alignmentLoss(
          documentTopics,
          batch,
          resources.documentEmbeddings!,
          this.#topicEmbeddings,
          settings,
        );
        added['alignment'] = tf.mul(aligned, settings.alignmentWeight);
      }
      return { loss: tf.addN([loss, ...Object.values(added)]), parts: { ...parts, ...added } };
    };
  }

  dispose(): void {
    this.#words?.dispose();
    this.#topicEmbeddings?.dispose();
    this.#epochLoss?.dispose();
  }
}

/** Rows of every topic's top words of all languages among the joined embeddings. */
function joinRows(positions: readonly (readonly Int32Array[])[], words: JoinedWordEmbeddings): Int32Array[] {
  return positions[0]!.map((_, topic) =>
    Int32Array.from(
      positions.flatMap((language, index) => Array.from(language[topic]!, (position) => words.rowAt(index, position))),
    ),
  );
}
