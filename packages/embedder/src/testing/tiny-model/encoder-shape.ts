/**
 * Sizes of an XLM-RoBERTa encoder; those of BGE-M3 are 250,002 words, 1,024 dimensions, 24 layers, 16 heads, 4,096,
 * 8,194.
 */
export interface EncoderShape {
  readonly vocabulary: number;
  readonly dimensions: number;
  readonly layers: number;
  readonly heads: number;
  /** Width of the feed-forward layers. */
  readonly intermediate: number;
  /** Rows of the position table: the longest text and two more. */
  readonly positions: number;
}

/** Id of `<pad>`; positions start after it. */
export const PAD_ID = 1;
export const LAYER_NORM_EPSILON = 1e-5;

/** Names and shapes of an encoder's weights, as Hugging Face names them; matrices are [in, out]. */
export function weightShapes({
  vocabulary,
  dimensions,
  layers,
  intermediate,
  positions,
}: EncoderShape): ReadonlyMap<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>([
    ['embeddings.word_embeddings', [vocabulary, dimensions]],
    ['embeddings.position_embeddings', [positions, dimensions]],
    ['embeddings.token_type_embeddings', [dimensions]],
  ]);
  const linear = (name: string, from: number, to: number) =>
    shapes.set(`${name}.weight`, [from, to]).set(`${name}.bias`, [to]);
  const layerNorm = (name: string) => shapes.set(`${name}.weight`, [dimensions]).set(`${name}.bias`, [dimensions]);
  layerNorm('embeddings.LayerNorm');
  for (let layer = 0; layer < layers; layer++) {
    const prefix = `encoder.layer.${layer}`;
    for (const part of ['query', 'key', 'value']) linear(`${prefix}.attention.self.${part}`, dimensions, dimensions);
    linear(`${prefix}.attention.output.dense`, dimensions, dimensions);
    layerNorm(`${prefix}.attention.output.LayerNorm`);
    linear(`${prefix}.intermediate.dense`, dimensions, intermediate);
    linear(`${prefix}.output.dense`, intermediate, dimensions);
    layerNorm(`${prefix}.output.LayerNorm`);
  }
  return shapes;
}
