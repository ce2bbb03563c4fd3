import * as tf from '@tensorflow/tfjs-core';
import type { BackboneResources, DenseMatrix, Embedder, RunOptions, Topic, TopicRefiner } from '@xtm/contracts';
import { refineConsistently, type RoundReport, type Stem, type VotedTopic } from '@xtm/refiner';
import { readDecoderWeights } from '../results/decoder-weights';
import { rowSoftmax } from '../results/row-softmax';
import { topicsOf } from '../results/top-words';
import type { Objective } from '../training/objective';
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
  /** Stemmers, one a language, to let a proposed word stand for a vocabulary word of the same stem. */
  readonly stems?: readonly (Stem | undefined)[];
}

export interface RefinementPhaseInput extends RefinementComponents {
  readonly trainer: Trainer;
  readonly resources: BackboneResources;
  readonly settings: RefinementSettings;
  /** Told of every round as it came, before its words count. */
  readonly onRound?: (report: RoundReport) => void;
}

/**
 * Phase 2 of LLM-XTM on any backbone (Algorithm 1): what a training step minimises in an epoch, given the latest
 * refinement. Topics' top words are taken anew every epoch; refined words, their kernels and the topics' embeddings
 * stay between refinements.
 */
export class RefinementPhase {
  readonly #input: RefinementPhaseInput;
  readonly #words: JoinedWordEmbeddings | undefined;
  #wordLoss: WordLoss | undefined;
  #topicEmbeddings: tf.Tensor2D | undefined;
  #epochLoss: EpochWordLoss | undefined;

  constructor(input: RefinementPhaseInput) {
    this.#input = input;
    const { resources, settings } = input;
    const vocabularies = resources.corpus.languages.map(({ vocabulary }) => vocabulary);
    this.#words = settings.wordLoss === 'none' ? undefined : new JoinedWordEmbeddings(resources.wordEmbeddings!, vocabularies);
  }

  /** The topics as they are now, with as many words as are shown to the refiner. */
  currentTopics(): Topic[] {
    return this.#topics(readDecoderWeights(this.#input.trainer.backbone));
  }

  /** Refines the topics as they are now, in several rounds. Throws what stopped it before any topic was refined. */
  async refine({ signal, onProgress }: RunOptions): Promise<readonly VotedTopic[]> {
    const { trainer, resources: { corpus }, settings, refiner, stems, onRound } = this.#input;
    const weights = readDecoderWeights(trainer.backbone);
    const { topics, stopped } = await refineConsistently({
      refiner,
      topics: this.#topics(weights),
      context: {
        languages: corpus.languages.map(({ language }) => language),
        description: corpus.description,
        wordsPerTopic: settings.refinedWords,
        topicWord: weights.map(rowSoftmax),
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
      const refined = topics.map((topic) => refinedDistribution(topic, settings.distribution, (language, word) => words.rowOf(language, word)));
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
    const positions = readDecoderWeights(trainer.backbone).map((weights) => topWordPositions(weights, settings.topWords));
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
        const aligned = alignmentLoss(documentTopics, batch, resources.documentEmbeddings!, this.#topicEmbeddings, settings);
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

  #topics(weights: readonly DenseMatrix[]): Topic[] {
    const { resources, settings } = this.#input;
    return topicsOf(weights, resources.corpus.languages.map(({ vocabulary }) => vocabulary), settings.topWords);
  }
}

/** Rows of every topic's top words of all languages among the joined embeddings. */
function joinRows(positions: readonly (readonly Int32Array[])[], words: JoinedWordEmbeddings): Int32Array[] {
  return positions[0]!.map((_, topic) =>
    Int32Array.from(positions.flatMap((language, index) => Array.from(language[topic]!, (position) => words.rowAt(index, position)))));
}
