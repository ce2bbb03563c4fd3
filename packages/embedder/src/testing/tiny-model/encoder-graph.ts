import { type EncoderShape, LAYER_NORM_EPSILON, PAD_ID } from './encoder-shape';
import { type GraphValue, OnnxGraph } from './onnx-graph';

/** What the graph gives out: hidden states, pooled vectors, or both, named as exporters name them. */
export type EncoderOutput = 'last_hidden_state' | 'token_embeddings' | 'sentence_embedding' | 'dense_vecs';

/** Adds a weight to the graph and returns the name of its float values. */
export type AddWeight = (graph: OnnxGraph, name: string) => string;

/**
 * The XLM-RoBERTa encoder (Conneau et al. 2020) as an ONNX model with inputs `input_ids` and `attention_mask` [batch,
 * sequence].
 */
export function encoderModel(
  shape: EncoderShape,
  outputs: readonly EncoderOutput[],
  addWeight: AddWeight,
): Uint8Array {
  const builder = new EncoderBuilder(shape, addWeight);
  const hidden = builder.hiddenStates();
  for (const output of outputs) builder.output(hidden, output);
  const inputs: GraphValue[] = ['input_ids', 'attention_mask'].map((name) => ({
    name,
    type: 'int64',
    shape: ['batch', 'sequence'],
  }));
  return builder.graph.finish(
    inputs,
    outputs.map((name) => ({
      name,
      type: 'float32',
      shape: isPooled(name) ? ['batch', shape.dimensions] : ['batch', 'sequence', shape.dimensions],
    })),
  );
}

function isPooled(output: EncoderOutput): boolean {
  return output === 'sentence_embedding' || output === 'dense_vecs';
}

class EncoderBuilder {
  readonly graph = new OnnxGraph();

  constructor(private readonly shape: EncoderShape, private readonly addWeight: AddWeight) {}

  hiddenStates(): string {
    let hidden = this.embeddings();
    const mask = this.attentionMask();
    for (let layer = 0; layer < this.shape.layers; layer++)
      hidden = this.layer(hidden, mask, `encoder.layer.${layer}`);
    return hidden;
  }

  /** The first token's state in unit length, or the states as they are. */
  output(hidden: string, name: EncoderOutput): void {
    const { graph } = this;
    if (!isPooled(name)) graph.node('Identity', [hidden], {}, name);
    else
      graph.node(
        'LpNormalization',
        [graph.node('Gather', [hidden, graph.integers([0], true)], { axis: 1 })],
        { axis: -1, p: 2 },
        name,
      );
  }

  private embeddings(): string {
    const { graph } = this;
    const words = graph.node('Gather', [this.weight('embeddings.word_embeddings'), 'input_ids']);
    const positions = graph.node('Gather', [this.weight('embeddings.position_embeddings'), this.positionIds()]);
    const types = this.weight('embeddings.token_type_embeddings');
    return this.layerNorm(graph.node('Add', [graph.node('Add', [words, positions]), types]), 'embeddings.LayerNorm');
  }

  /** Positions count from 2 over what is no padding; padding has position 1. */
  private positionIds(): string {
    const { graph } = this;
    const isPad = graph.node('Equal', ['input_ids', graph.integers([PAD_ID], true)]);
    const isToken = graph.node('Cast', [graph.node('Not', [isPad])], { to: 7 });
    const counted = graph.node('Mul', [graph.node('CumSum', [isToken, graph.integers([1], true)]), isToken]);
    return graph.node('Add', [counted, graph.integers([PAD_ID], true)]);
  }

  /** [batch, 1, 1, sequence]: 0 where attention is allowed, very low elsewhere. */
  private attentionMask(): string {
    const { graph } = this;
    const mask = graph.node('Cast', [graph.node('Unsqueeze', ['attention_mask', graph.integers([1, 2])])], { to: 1 });
    return graph.node('Mul', [graph.node('Sub', [graph.float(1), mask]), graph.float(-3.4e38)]);
  }

  private layer(hidden: string, mask: string, prefix: string): string {
    const { graph } = this;
    const attended = this.linear(
      this.attention(hidden, mask, `${prefix}.attention.self`),
      `${prefix}.attention.output.dense`,
    );
    const middle = this.layerNorm(graph.node('Add', [attended, hidden]), `${prefix}.attention.output.LayerNorm`);
    const wide = this.gelu(this.linear(middle, `${prefix}.intermediate.dense`));
    return this.layerNorm(
      graph.node('Add', [this.linear(wide, `${prefix}.output.dense`), middle]),
      `${prefix}.output.LayerNorm`,
    );
  }

  private attention(hidden: string, mask: string, prefix: string): string {
    const { graph, shape: { heads, dimensions } } = this;
    const headSize = dimensions / heads;
    const split = (part: string, perm: readonly number[]): string =>
      graph.node(
        'Transpose',
        [graph.node('Reshape', [this.linear(hidden, `${prefix}.${part}`), graph.integers([0, 0, heads, headSize])])],
        { perm },
      );
    const products = graph.node('MatMul', [split('query', [0, 2, 1, 3]), split('key', [0, 2, 3, 1])]);
    const scores = graph.node('Add', [graph.node('Div', [products, graph.float(Math.sqrt(headSize))]), mask]);
    const mixed = graph.node('MatMul', [graph.node('Softmax', [scores], { axis: -1 }), split('value', [0, 2, 1, 3])]);
    return graph.node('Reshape', [
      graph.node('Transpose', [mixed], { perm: [0, 2, 1, 3] }),
      graph.integers([0, 0, dimensions]),
    ]);
  }

  private gelu(input: string): string {
    const { graph } = this;
    const error = graph.node('Erf', [graph.node('Div', [input, graph.float(Math.SQRT2)])]);
    return graph.node('Mul', [
      graph.node('Mul', [input, graph.node('Add', [error, graph.float(1)])]),
      graph.float(0.5),
    ]);
  }

  private linear(input: string, name: string): string {
    return this.graph.node('Add', [
      this.graph.node('MatMul', [input, this.weight(`${name}.weight`)]),
      this.weight(`${name}.bias`),
    ]);
  }

  private layerNorm(input: string, name: string): string {
    return this.graph.node('LayerNormalization', [input, this.weight(`${name}.weight`), this.weight(`${name}.bias`)], {
      axis: -1,
      epsilon: { float: LAYER_NORM_EPSILON },
    });
  }

  private weight(name: string): string {
    return this.addWeight(this.graph, name);
  }
}
