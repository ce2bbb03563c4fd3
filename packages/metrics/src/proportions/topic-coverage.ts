import { InvalidOptionError, type SparseRows } from '@xtm/contracts';

/**
 * Share of documents that hold at least one word of the list of their main topic: whether what a topic's words promise
 * is found in the documents that are shown for it.
 *
 * In [0, 1]. A list of words that most documents hold covers them whatever their topic is, so compare with the same
 * share under permuted main topics ({@link scoreWithFloor}). A document without words is not covered; NaN without
 * documents.
 *
 * @param rows bags of words [documents, vocabulary]
 * @param mainTopics [documents], as {@link dominantTopics} gives them
 * @param topicWords columns of the words that each topic lists: [topics][words]
 * @throws InvalidOptionError if there is not one main topic per document, or a main topic without a list.
 */
export function topicCoverage(rows: SparseRows, mainTopics: ArrayLike<number>, topicWords: readonly Iterable<number>[]): number {
  if (mainTopics.length !== rows.rows) throw new InvalidOptionError('mainTopics', mainTopics.length, `${mainTopics.length} main topics for ${rows.rows} documents`);
  const lists = topicWords.map((words) => new Set(words));
  let covered = 0;
  for (let document = 0; document < rows.rows; document++) {
    const words = lists[mainTopics[document]!];
    if (words === undefined) throw new InvalidOptionError('mainTopics', mainTopics[document], `there are words of ${lists.length} topics only`);
    if (holdsAny(rows, document, words)) covered++;
  }
  return covered / rows.rows;
}

function holdsAny({ indptr, indices, values }: SparseRows, document: number, words: ReadonlySet<number>): boolean {
  for (let i = indptr[document]!; i < indptr[document + 1]!; i++) if (values[i]! > 0 && words.has(indices[i]!)) return true;
  return false;
}
