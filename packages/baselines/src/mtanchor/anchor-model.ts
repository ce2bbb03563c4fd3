import { InvalidOptionError, type RunOptions } from '@xtm/contracts';
import { TopicWordModel, type TopicWordFacts } from '../common/topic-word-model';
import { type WordTopics, zeroWordTopics } from '../common/word-topics';
import { type Anchor, type AnchorIndices, mergeAnchors, removeAnchor, replaceAnchor, resolveAnchors } from './anchor';
import { type RecoveredTopics, type RecoverOptions, recoverTopics } from './recover-topics';
import { saveAnchors } from './save-anchors';
import type { WordCooccurrence } from './word-cooccurrence';

/** What topics are recovered from, whatever the anchors. */
export interface AnchorBasis extends Omit<TopicWordFacts, 'topicWord'> {
  /** One a language. */
  readonly cooccurrences: readonly WordCooccurrence[];
  /** Stopping rule of the recovery. */
  readonly tolerance: number;
  /** Folder that the model was loaded from: the documents there are the co-occurrences'. */
  readonly loadedFrom?: string;
}

/**
 * MTAnchor's model: topics recovered from anchor words that a user may change (Yuan, Van Durme & Boyd-Graber 2018).
 * Every change gives a new model that shares what does not depend on the anchors; the old one stays as it was.
 */
export class AnchorModel extends TopicWordModel {
  /** @param recovered What the anchors give, one a language. */
  constructor(readonly basis: AnchorBasis, readonly anchors: readonly Anchor[], readonly recovered: readonly RecoveredTopics[]) {
    super({ ...basis, topicWord: recovered.map(({ topicWord }) => topicWord) });
  }

  /** The model of these anchors. Throws `InvalidOptionError` if one cannot be used. */
  static async recover(basis: AnchorBasis, anchors: readonly Anchor[], runOptions: RunOptions = {}, previous?: AnchorModel): Promise<AnchorModel> {
    const indices = resolveAnchors(anchors, basis.vocabularies);
    const recovered: RecoveredTopics[] = [];
    for (const [language, cooccurrence] of basis.cooccurrences.entries()) {
      requireCompany(indices, cooccurrence, language, basis.vocabularies[language]!);
      const words = indices.map((anchor) => anchor[language]!);
      recovered.push(await recoverTopics(cooccurrence, words, { tolerance: basis.tolerance, ...(previous && previous.#beginningFor(anchors, language)) }, runOptions));
      runOptions.onProgress?.({ stage: 'recovery', done: language + 1, total: basis.cooccurrences.length });
    }
    return new AnchorModel(basis, anchors, recovered);
  }

  /** The model of other anchors, one a topic; topics whose anchor stays keep their shares as a start. */
  async withAnchors(anchors: readonly Anchor[], runOptions: RunOptions = {}): Promise<AnchorModel> {
    return AnchorModel.recover(this.basis, anchors, runOptions, this);
  }

  /** Gives a topic another anchor. */
  async replaceAnchor(topic: number, anchor: Anchor, runOptions: RunOptions = {}): Promise<AnchorModel> {
    return this.withAnchors(replaceAnchor(this.anchors, topic, anchor), runOptions);
  }

  /** Adds a topic, the last. */
  async addAnchor(anchor: Anchor, runOptions: RunOptions = {}): Promise<AnchorModel> {
    return this.withAnchors([...this.anchors, anchor], runOptions);
  }

  /** Removes a topic; later topics move up. */
  async removeAnchor(topic: number, runOptions: RunOptions = {}): Promise<AnchorModel> {
    return this.withAnchors(removeAnchor(this.anchors, topic), runOptions);
  }

  /** Makes one topic of two, in the first one's place; later topics move up. */
  async mergeAnchors(first: number, second: number, runOptions: RunOptions = {}): Promise<AnchorModel> {
    return this.withAnchors(mergeAnchors(this.anchors, first, second), runOptions);
  }

  override async save(folder: string): Promise<void> {
    await super.save(folder);
    await saveAnchors(folder, this);
  }

  /** What is known already of topics whose anchor is among these. */
  #beginningFor(anchors: readonly Anchor[], language: number): Pick<RecoverOptions, 'start' | 'known'> {
    const keys = this.anchors.map((anchor) => JSON.stringify(anchor));
    const sources = anchors.map((anchor) => keys.indexOf(JSON.stringify(anchor)));
    const { topicShares, products } = this.recovered[language]!;
    return { start: selectTopics(topicShares, sources), ...(products && { known: { products, sources } }) };
  }
}

/** Columns of the given topics, 0 for −1, each row scaled to sum to 1; rows that nothing is left of become equal shares. */
function selectTopics(shares: WordTopics, topics: readonly number[]): WordTopics {
  const out = zeroWordTopics(shares.words, topics.length);
  for (let word = 0; word < shares.words; word++) {
    const row = topics.map((topic) => (topic < 0 ? 0 : shares.data[word * shares.topics + topic]!));
    const total = row.reduce((sum, share) => sum + share, 0);
    out.data.set(row.map((share) => (total > 0 ? share / total : 1 / topics.length)), word * topics.length);
  }
  return out;
}

function requireCompany(anchors: readonly AnchorIndices[], cooccurrence: WordCooccurrence, language: number, vocabulary: readonly string[]): void {
  const probabilities = cooccurrence.wordProbabilities();
  const lonely = anchors.flatMap((anchor) => anchor[language]!).find((word) => probabilities[word] === 0);
  if (lonely === undefined) return;
  throw new InvalidOptionError('anchors', vocabulary[lonely], `"${vocabulary[lonely]}" occurs with no other word and cannot be an anchor`);
}
