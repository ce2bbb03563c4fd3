import { SPLITS, type Split } from './splits';
import type { Corpus, DenseMatrix, DocumentSet, DocumentTopics, RunOptions, TopicModel } from '@xtm/contracts';
import { writeNpy } from '@xtm/data';
import type { RunFolder } from '../run-folder/run-folder';
import { topWords } from './top-words';
import { rankingScores } from './word-ranking';

/**
 * Writes what a fitted model says of its corpus: what `writeTopics` writes, `vocabulary_LANG.txt`, and for every split `documentTopics_LANG_SPLIT.npy`,
 * `documentMeans_LANG_SPLIT.npy` where the model has means, and `documents_LANG_SPLIT.jsonl` with ids, labels and
 * metadata where the corpus has them.
 */
export async function writeResults(folder: RunFolder, model: TopicModel, corpus: Corpus, topWordCount: number, options: RunOptions = {}): Promise<void> {
  writeTopics(folder, model, topWordCount);
  for (const [index, language] of corpus.languages.entries()) {
    const { suffix } = language.language;
    folder.write(`vocabulary_${suffix}.txt`, lines(language.vocabulary));
    for (const split of SPLITS) {
      const documents = language[split];
      if (documents === undefined || documents.rows.rows === 0) continue;
      writeDocumentTopics(folder, `${suffix}_${split}`, await model.transform(documents.rows, index, { texts: documents.texts, ...options }));
      writeDocumentFacts(folder, suffix, split, documents);
    }
  }
}

/**
 * Writes what a model says of its topics alone: `topics.json`, its words ranked as the model ranks them;
 * `T15_LANG.txt` (15 standing for `count`), a topic per line, for the field's scripts: by the decoder's weights where the
 * model has them; `topicWord_LANG.npy`, p(w | k); and `topicWeights_LANG.npy`, the decoder's weights.
 */
export function writeTopics(folder: RunFolder, model: TopicModel, count: number): void {
  const { topicWord, topicWeights, vocabularies, languages, numTopics, wordRanking: ranking = 'probability' } = model;
  const ranked = (by: typeof ranking) => rankingScores({ ranking: by, topicWord, topicWeights }).map((scores, i) => topWords(scores, topicWord[i]!, vocabularies[i]!, count));
  const [words, published] = [ranked(ranking), ranked('weights')];
  languages.forEach(({ suffix }, i) => {
    folder.write(`T${count}_${suffix}.txt`, lines(published[i]!.map((topic) => topic.map(({ word }) => word).join(' '))));
    folder.write(`topicWord_${suffix}.npy`, npyOf(topicWord[i]!));
    if (topicWeights !== undefined) folder.write(`topicWeights_${suffix}.npy`, npyOf(topicWeights[i]!));
  });
  folder.writeJson('topics.json', {
    languages,
    ranking,
    topics: Array.from({ length: numTopics }, (_, index) => ({
      index,
      words: Object.fromEntries(languages.map(({ suffix }, i) => [suffix, words[i]![index]!])),
    })),
  });
}

function writeDocumentTopics(folder: RunFolder, name: string, { proportions, means }: DocumentTopics): void {
  folder.write(`documentTopics_${name}.npy`, npyOf(proportions));
  if (means !== undefined) folder.write(`documentMeans_${name}.npy`, npyOf(means));
}

function writeDocumentFacts(folder: RunFolder, suffix: string, split: Split, { rows, ids, labels, metadata }: DocumentSet): void {
  if (ids === undefined && labels === undefined && metadata === undefined) return;
  const facts = Array.from({ length: rows.rows }, (_, i) => JSON.stringify({ id: ids?.[i], label: labels?.[i], metadata: metadata?.[i] }));
  folder.write(`documents_${suffix}_${split}.jsonl`, lines(facts));
}

function npyOf({ rows, columns, data }: DenseMatrix): Uint8Array {
  return writeNpy(data, [rows, columns]);
}

function lines(items: readonly string[]): string {
  return items.map((item) => `${item}\n`).join('');
}
