import type { Backbone, DenseMatrix } from '@xtm/contracts';

/** The raw decoder weights beta of a backbone [topics, vocabulary], one a language, as they are now. */
export function readDecoderWeights(backbone: Backbone): DenseMatrix[] {
  return backbone.topicWord().map((weights) => {
    const [rows, columns] = weights.shape;
    const data = weights.dataSync<'float32'>();
    weights.dispose();
    return { rows, columns, data };
  });
}
