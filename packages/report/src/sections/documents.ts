import type { CorpusLanguage, SparseRows } from '@xtm/contracts';
import { documentFrequencies } from '@xtm/data';
import { topK } from '@xtm/numeric';
import type { DocumentData, DocumentsData } from '../contract/topic-data';
import { contentOf, type LanguageDocuments, type RunMaterial } from '../read-run';
import { significant } from '../wording';
import type { WordTable } from './topics';

/** Documents that the page may hold, all topics and languages together. */
const LARGEST_POOL = 800;

/** Characters of all texts together. */
const LARGEST_TEXTS = 500_000;

const TOPICS_PER_DOCUMENT = 4;

/** The documents that a page shows, and where each topic's are. */
interface ShownDocuments {
  readonly data: DocumentsData;
  /** Positions among the documents [topics][languages], heaviest first. */
  readonly byTopic: readonly number[][][];
}

/** For every topic and language the documents in which the topic weighs most; a document is held once. */
export function showDocuments(run: RunMaterial, tables: readonly WordTable[]): ShownDocuments {
  const perTopic = Math.min(8, Math.max(3, Math.floor(LARGEST_POOL / (run.topics.length * run.languages.length))));
  const pool = new DocumentPool(
    run,
    tables,
    Math.floor(LARGEST_TEXTS / (run.topics.length * run.languages.length * perTopic)),
  );
  const byTopic = run.topics.map((_, topic) =>
    run.documents.map(({ proportions: { rows, columns, data } }, language) => {
      const shares = Float32Array.from({ length: rows }, (_unused, row) => data[row * columns + topic]!);
      return Array.from(topK(shares, perTopic).indices, (document) => pool.position(language, document));
    }),
  );
  return {
    data: {
      documents: pool.documents,
      ...(run.corpus === undefined && {
        missing: 'The dataset that the run was trained on was not at hand when this report was written.',
      }),
    },
    byTopic,
  };
}

class DocumentPool {
  readonly documents: DocumentData[] = [];
  readonly #positions: readonly Map<number, number>[];
  readonly #frequencies: readonly (ArrayLike<number> | undefined)[];

  constructor(
    readonly run: RunMaterial,
    readonly tables: readonly WordTable[],
    readonly longestText: number,
  ) {
    this.#positions = run.languages.map(() => new Map<number, number>());
    this.#frequencies = run.languages.map(
      (_, language) => run.corpus && documentFrequencies(run.corpus.languages[language]!.train.rows),
    );
  }

  position(language: number, document: number): number {
    const known = this.#positions[language]!.get(document);
    if (known !== undefined) return known;
    this.documents.push(this.#describe(language, document));
    this.#positions[language]!.set(document, this.documents.length - 1);
    return this.documents.length - 1;
  }

  #describe(language: number, document: number): DocumentData {
    const documents = this.run.documents[language]!;
    const { id, split, label, metadata = {} } = documents.facts[document]!;
    return {
      language,
      id,
      split,
      ...(label !== undefined && { label }),
      metadata: Object.entries(metadata).flatMap(([name, value]) =>
        value === null ? [] : [[name, String(value)] as const],
      ),
      ...(this.run.corpus !== undefined && this.#content(this.run.corpus.languages[language]!, language, document)),
      topics: heaviestTopics(documents, document),
    };
  }

  #content(corpus: CorpusLanguage, language: number, document: number): Pick<DocumentData, 'text' | 'cut' | 'words'> {
    const { text, rows, row } = contentOf(corpus, document);
    if (text === undefined) {
      const words = heaviestWords(rows, row, this.#frequencies[language]!, corpus.train.rows.rows);
      return { words: words.map(([word, count]) => [this.tables[language]!.position(word), count] as const) };
    }
    const characters = [...text];
    return characters.length <= this.longestText
      ? { text }
      : { text: characters.slice(0, this.longestText).join(''), cut: true };
  }
}

function heaviestTopics({ proportions: { columns, data } }: LanguageDocuments, document: number): [number, number][] {
  const { indices, values } = topK(data.subarray(document * columns, (document + 1) * columns), TOPICS_PER_DOCUMENT);
  return Array.from(indices, (topic, rank) => [topic, significant(values[rank]!, 3)]);
}

const COUNT = 14;

/**
 * The words that say most of a document, with their counts: by count times the logarithm of how rare they are.
 *
 * @param frequencies training documents with each word [vocabulary]
 */
function heaviestWords(
  { indptr, indices, values }: SparseRows,
  row: number,
  frequencies: ArrayLike<number>,
  documents: number,
): [word: number, count: number][] {
  const start = indptr[row]!;
  const scores = Float64Array.from(
    { length: indptr[row + 1]! - start },
    (_, at) => values[start + at]! * Math.log((1 + documents) / (1 + frequencies[indices[start + at]!]!)),
  );
  return Array.from(topK(scores, COUNT).indices, (at) => [indices[start + at]!, values[start + at]!]);
}
