import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { DataFormatError, type DenseMatrix, InvalidOptionError, type RunOptions } from '@xtm/contracts';
import { readSparseMatrix, writeSparseMatrix } from '@xtm/data';
import {
  readDoubles,
  readJson,
  readModelFolder,
  type TopicWordFacts,
  TopicWordModel,
  writeJson,
  writeNumbers,
} from '../common/topic-word-model';
import { type WordTopics, zeroWordTopics } from '../common/word-topics';
import { type Anchor, type AnchorIndices, mergeAnchors, removeAnchor, replaceAnchor, resolveAnchors } from './anchors';
import { type RecoveredTopics, type RecoverOptions, recoverTopics } from './recover-topics';
import { WordCooccurrence } from './word-cooccurrence';

/** What topics are recovered from, whatever the anchors. */
export interface AnchorBasis extends Omit<TopicWordFacts, 'topicWord'> {
  /** One per language. */
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
  /** @param recovered What the anchors give, one per language. */
  constructor(
    readonly basis: AnchorBasis,
    readonly anchors: readonly Anchor[],
    readonly recovered: readonly RecoveredTopics[],
  ) {
    super({ ...basis, topicWord: recovered.map(({ topicWord }) => topicWord) });
  }

  /** The model of these anchors. Throws `InvalidOptionError` if one cannot be used. */
  static async recover(
    basis: AnchorBasis,
    anchors: readonly Anchor[],
    runOptions: RunOptions = {},
    previous?: AnchorModel,
  ): Promise<AnchorModel> {
    const indices = resolveAnchors(anchors, basis.vocabularies);
    const recovered: RecoveredTopics[] = [];
    for (const [language, cooccurrence] of basis.cooccurrences.entries()) {
      requireCompany(indices, cooccurrence, language, basis.vocabularies[language]!);
      const words = indices.map((anchor) => anchor[language]!);
      recovered.push(
        await recoverTopics(
          cooccurrence,
          words,
          { tolerance: basis.tolerance, ...(previous && previous.#beginningFor(anchors, language)) },
          runOptions,
        ),
      );
      runOptions.onProgress?.({ stage: 'recovery', done: language + 1, total: basis.cooccurrences.length });
    }
    return new AnchorModel(basis, anchors, recovered);
  }

  /** The model of other anchors, one per topic; topics whose anchor stays keep their shares as a start. */
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

/**
 * Columns of the given topics, 0 for −1, each row scaled to sum to 1; rows that nothing is left of become equal
 * shares.
 */
function selectTopics(shares: WordTopics, topics: readonly number[]): WordTopics {
  const out = zeroWordTopics(shares.words, topics.length);
  for (let word = 0; word < shares.words; word++) {
    const row = topics.map((topic) => (topic < 0 ? 0 : shares.data[word * shares.topics + topic]!));
    const total = row.reduce((sum, share) => sum + share, 0);
    out.data.set(row.map((share) => (total > 0 ? share / total : 1 / topics.length)), word * topics.length);
  }
  return out;
}

function requireCompany(
  anchors: readonly AnchorIndices[],
  cooccurrence: WordCooccurrence,
  language: number,
  vocabulary: readonly string[],
): void {
  const probabilities = cooccurrence.wordProbabilities();
  const lonely = anchors.flatMap((anchor) => anchor[language]!).find((word) => probabilities[word] === 0);
  if (lonely === undefined) return;
  throw new InvalidOptionError(
    'anchors',
    vocabulary[lonely],
    `"${vocabulary[lonely]}" occurs with no other word and cannot be an anchor`,
  );
}

/**
 * Writes what recovering with other anchors takes: `anchors.json`, and per language `topicShares_SUFFIX.npy`
 * (p(topic | word) [vocabulary, topics], float32), `anchorProducts_SUFFIX.npy` (inner products of the words' and the
 * anchors' co-occurrence rows [vocabulary, topics], float64), and `documents_SUFFIX.npz`, the training documents' bags
 * of words, which are the co-occurrence matrix in its smallest form. Documents stay as they are in the folder that the
 * model came from.
 */
async function saveAnchors(folder: string, { anchors, basis, languages, recovered }: AnchorModel): Promise<void> {
  await writeJson(join(folder, 'anchors.json'), { tolerance: basis.tolerance, anchors });
  for (const [index, { suffix }] of languages.entries()) {
    const { topicShares: { data, words, topics }, products } = recovered[index]!;
    await writeNumbers(join(folder, `topicShares_${suffix}.npy`), Float32Array.from(data), [words, topics]);
    if (products !== undefined) await writeNumbers(join(folder, productsFile(suffix)), products.data, [words, topics]);
    if (basis.loadedFrom !== resolve(folder))
      await writeFile(join(folder, `documents_${suffix}.npz`), writeSparseMatrix(basis.cooccurrences[index]!.rows));
  }
}

function productsFile(suffix: string): string {
  return `anchorProducts_${suffix}.npy`;
}

const anchorsSchema = z.strictObject({
  tolerance: z.number().positive(),
  anchors: z.array(z.array(z.array(z.string()).min(1)).min(1)).min(2),
});

/** Reads an MTAnchor model from the folder that its `save` wrote. Throws `MissingFileError` and `DataFormatError`. */
export async function loadAnchorModel(folder: string): Promise<AnchorModel> {
  const { topicWord, ...facts } = await readModelFolder(folder, 'mtanchor');
  const { tolerance, anchors } = await readJson(join(folder, 'anchors.json'), anchorsSchema);
  const cooccurrences: WordCooccurrence[] = [];
  const recovered: RecoveredTopics[] = [];
  for (const [index, { suffix }] of facts.languages.entries()) {
    const shares = await readWordTopics(join(folder, `topicShares_${suffix}.npy`), topicWord[index]!);
    const products = join(folder, productsFile(suffix));
    recovered.push({
      topicWord: topicWord[index]!,
      topicShares: shares,
      ...(existsSync(products) && { products: await readWordTopics(products, topicWord[index]!) }),
    });
    cooccurrences.push(new WordCooccurrence(await readSparseMatrix(join(folder, `documents_${suffix}.npz`))));
  }
  return new AnchorModel({ ...facts, cooccurrences, tolerance, loadedFrom: resolve(folder) }, anchors, recovered);
}

async function readWordTopics(file: string, topicWord: DenseMatrix): Promise<WordTopics> {
  const { shape: [words, topics], data } = await readDoubles(file);
  if (words !== topicWord.columns || topics !== topicWord.rows) {
    throw new DataFormatError(`is [${words}, ${topics}], not [${topicWord.columns}, ${topicWord.rows}]`, {
      file,
      field: 'shape',
    });
  }
  return { words, topics, data };
}
