import { type EncoderShape, LAYER_NORM_EPSILON, PAD_ID } from './encoder-shape';
import type { WeightSource } from './random-weights';

type Rows = readonly Float64Array[];

/**
 * Hidden states [tokens, dimensions] of one unpadded text, computed in double precision straight from the definition
 * of XLM-RoBERTa: what an ONNX runtime's result is compared with.
 */
export function referenceEncoder(shape: EncoderShape, weights: WeightSource, ids: readonly number[]): Rows {
  const types = weights('embeddings.token_type_embeddings');
  const words = weights('embeddings.word_embeddings');
  const positions = weights('embeddings.position_embeddings');
  const { dimensions } = shape;
  const embedded = ids.map((id, index) => Float64Array.from({ length: dimensions }, (_, c) =>
    words[id * dimensions + c]! + positions[(PAD_ID + 1 + index) * dimensions + c]! + types[c]!));
  let hidden: Rows = layerNorm(embedded, weights, 'embeddings.LayerNorm');
  for (let layer = 0; layer < shape.layers; layer++)
    hidden = encoderLayer(shape, weights, hidden, `encoder.layer.${layer}`);
  return hidden;
}

function encoderLayer(shape: EncoderShape, weights: WeightSource, hidden: Rows, prefix: string): Rows {
  const [queries, keys, values] = ['query', 'key', 'value'].map((part) =>
    linear(hidden, weights, `${prefix}.attention.self.${part}`),
  );
  const attended = linear(
    attention(queries!, keys!, values!, shape.heads),
    weights,
    `${prefix}.attention.output.dense`,
  );
  const middle = layerNorm(add(attended, hidden), weights, `${prefix}.attention.output.LayerNorm`);
  const wide = linear(middle, weights, `${prefix}.intermediate.dense`).map((row) => row.map(gelu));
  return layerNorm(
    add(linear(wide, weights, `${prefix}.output.dense`), middle),
    weights,
    `${prefix}.output.LayerNorm`,
  );
}

function attention(queries: Rows, keys: Rows, values: Rows, heads: number): Rows {
  const size = queries[0]!.length / heads;
  return queries.map((query) => {
    const mixed = new Float64Array(query.length);
    for (let start = 0; start < query.length; start += size) {
      const shares = softmax(keys.map((key) => dot(query, key, start, size) / Math.sqrt(size)));
      values.forEach((value, token) => {
        for (let c = start; c < start + size; c++) mixed[c]! += shares[token]! * value[c]!;
      });
    }
    return mixed;
  });
}

function dot(one: Float64Array, other: Float64Array, start: number, size: number): number {
  let sum = 0;
  for (let c = start; c < start + size; c++) sum += one[c]! * other[c]!;
  return sum;
}

function softmax(scores: readonly number[]): number[] {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function linear(rows: Rows, weights: WeightSource, name: string): Rows {
  const matrix = weights(`${name}.weight`);
  const bias = weights(`${name}.bias`);
  return rows.map((row) =>
    Float64Array.from(bias, (offset, column) =>
      row.reduce((sum, value, i) => sum + value * matrix[i * bias.length + column]!, offset),
    ),
  );
}

function layerNorm(rows: Rows, weights: WeightSource, name: string): Rows {
  const weight = weights(`${name}.weight`);
  const bias = weights(`${name}.bias`);
  return rows.map((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
    return row.map((value, c) => ((value - mean) / Math.sqrt(variance + LAYER_NORM_EPSILON)) * weight[c]! + bias[c]!);
  });
}

function add(one: Rows, other: Rows): Rows {
  return one.map((row, token) => row.map((value, c) => value + other[token]![c]!));
}

function gelu(value: number): number {
  return 0.5 * value * (1 + errorFunction(value / Math.SQRT2));
}

/** erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!, whose terms all have one sign. */
function errorFunction(value: number): number {
  let term = value;
  let sum = value;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * value * value) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-value * value) * sum;
}
