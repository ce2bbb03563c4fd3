import type { Corpus, CorpusLanguage, DenseMatrix, DocumentSet, Embedder, RunOptions } from '@xtm/contracts';
import { selectRows } from '@xtm/data';
import { classifyTopics, type ClassificationData, type ClassificationResult, trainLinearSvm } from '@xtm/metrics';
import { SeededGenerator } from '@xtm/numeric';

/**
 * Accuracy of a linear SVM on an embedder's document vectors, within and across languages; the embedder knows the
 * corpus.
 */
export async function classifyDocuments(
  { languages }: Corpus,
  embedder: Embedder,
  run: RunOptions = {},
): Promise<ClassificationResult[]> {
  const data: ClassificationData[] = [];
  for (const [languageIndex, { language, vocabulary, train, test }] of languages.entries()) {
    const embed = ({ rows, texts }: DocumentSet): Promise<DenseMatrix> =>
      embedder.embedDocuments({ languageIndex, rows, texts, vocabulary }, run);
    data.push({
      language,
      train: { features: await embed(train), labels: train.labels! },
      test: { features: await embed(test!), labels: test!.labels! },
    });
  }
  return classifyTopics(data, async (training) => trainLinearSvm(training));
}

/** So many documents of each language and split, drawn by the seed; texts are left out unless they are to be read. */
export function sampleCorpus(
  corpus: Corpus,
  [trainCount, testCount]: readonly [number, number],
  texts: boolean,
  seed: number,
): Corpus {
  const sample = (
    { rows, texts: own, labels }: DocumentSet,
    count: number,
    generator: SeededGenerator,
  ): DocumentSet => {
    const positions = Int32Array.from({ length: rows.rows }, (_, row) => row);
    generator.shuffle(positions);
    const kept = positions.subarray(0, count).sort();
    const of = (list: readonly string[] | undefined): string[] | undefined =>
      list && Array.from(kept, (row) => list[row]!);
    return { rows: selectRows(rows, kept), labels: of(labels), texts: texts ? of(own) : undefined };
  };
  const languages = corpus.languages.map(({ train, test, ...language }): CorpusLanguage => ({
    ...language,
    train: sample(train, trainCount, new SeededGenerator(seed).fork(`train ${language.language.code}`)),
    test: test && sample(test, testCount, new SeededGenerator(seed).fork(`test ${language.language.code}`)),
  }));
  return { ...corpus, languages };
}
