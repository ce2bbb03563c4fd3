import type { DenseMatrix, EmbeddingModel } from '@xtm/contracts';

/**
 * A text encoder for tests: a text's vector counts its letters by code modulo the dimensions. Remembers every batch.
 */
export class LetterModel implements EmbeddingModel {
  readonly name = 'letters';
  readonly fingerprint: string;
  readonly batches: (readonly string[])[] = [];

  constructor(readonly dimensions = 4, fingerprint = 'letters-1') {
    this.fingerprint = fingerprint;
  }

  vector(text: string): number[] {
    const vector = new Array<number>(this.dimensions).fill(0);
    for (let i = 0; i < text.length; i++) vector[text.charCodeAt(i) % this.dimensions]! += 1;
    return vector;
  }

  async embed(texts: readonly string[]): Promise<DenseMatrix> {
    this.batches.push(texts);
    return {
      rows: texts.length,
      columns: this.dimensions,
      data: Float32Array.from(texts.flatMap((text) => this.vector(text))),
    };
  }

  async countTokens(texts: readonly string[]): Promise<Int32Array> {
    return Int32Array.from(texts, (text) => text.length);
  }
}
