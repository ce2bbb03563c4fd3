import type { DenseMatrix, DocumentsToEmbed, Embedder, RefinementRound, Topic, TopicRefiner } from '@xtm/contracts';

/** The planted topic of a word of `syntheticCorpus`: the number in its middle. */
export function plantedTopic(word: string): number {
  return Number(word.split('_')[1]);
}

/** Embeds a word of a synthetic corpus as its planted topic's direction, so that both languages meet. */
export class PlantedEmbedder implements Embedder {
  readonly name = 'planted';
  readonly fingerprint = 'planted';

  constructor(readonly dimensions: number, private readonly vocabularies: readonly (readonly string[])[]) {}

  async embedDocuments({ rows, languageIndex }: DocumentsToEmbed): Promise<DenseMatrix> {
    const data = new Float32Array(rows!.rows * this.dimensions);
    for (let document = 0; document < rows!.rows; document++) {
      for (let i = rows!.indptr[document]!; i < rows!.indptr[document + 1]!; i++) {
        const word = this.vocabularies[languageIndex]![rows!.indices[i]!]!;
        data[document * this.dimensions + plantedTopic(word)]! += rows!.values[i]!;
      }
    }
    return { rows: rows!.rows, columns: this.dimensions, data };
  }

  async embedWords(words: readonly string[]): Promise<DenseMatrix> {
    return this.embedTexts(words);
  }

  async embedTexts(texts: readonly string[]): Promise<DenseMatrix> {
    const data = new Float32Array(texts.length * this.dimensions);
    texts.forEach((text, row) => {
      for (const word of text.split(' ')) data[row * this.dimensions + plantedTopic(word)]! += 1;
    });
    return { rows: texts.length, columns: this.dimensions, data };
  }
}

/** Refines a topic to the words of the planted topic that most of its words belong to; counts its calls. */
export class PlantedRefiner implements TopicRefiner {
  readonly name = 'planted';
  calls = 0;

  constructor(private readonly vocabularies: readonly (readonly string[])[]) {}

  async refine(topics: readonly Topic[]): Promise<RefinementRound> {
    this.calls += 1;
    const refined = topics.map(({ index, words }) => {
      const counts = new Map<number, number>();
      for (const word of words.flat()) counts.set(plantedTopic(word), (counts.get(plantedTopic(word)) ?? 0) + 1);
      const [most] = [...counts].sort((a, b) => b[1] - a[1])[0]!;
      return { index, words: this.vocabularies.map((vocabulary) => vocabulary.filter((word) => plantedTopic(word) === most)), theme: `planted ${most}` };
    });
    return { topics: refined, usage: { inputTokens: 0, outputTokens: 0 } };
  }
}
