import type { DenseMatrix, RandomGenerator, SparseRows } from '@xtm/contracts';
import { documentCooccurrence, positivePmi, truncatedSvd } from '@xtm/numeric';
import type { ResolvedAlignedOptions } from './aligned-options';

/**
 * Monolingual word vectors [vocabulary, dimensions] from bags of words: left singular vectors of the PPMI of words in
 * document windows, times a power of the singular values (Levy, Goldberg & Dagan 2015).
 */
export function learnWordVectors(
  documents: SparseRows,
  options: Pick<ResolvedAlignedOptions, 'dimensions' | 'contextSmoothing' | 'shift' | 'singularValuePower'>,
  generator: RandomGenerator,
): DenseMatrix {
  const information = positivePmi(documentCooccurrence(documents), { contextSmoothing: options.contextSmoothing, shift: options.shift });
  const rank = Math.min(options.dimensions, documents.columns);
  const { left, values } = truncatedSvd(information, { rank, generator });
  const scales = values.map((value) => value ** options.singularValuePower);
  return { rows: left.rows, columns: rank, data: Float32Array.from(left.data, (value, i) => value * scales[i % rank]!) };
}
