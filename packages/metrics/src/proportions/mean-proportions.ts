import { InvalidOptionError, type DenseMatrix } from '@xtm/contracts';

/**
 * Mean share of every topic over all documents of `proportions` [documents, topics], or over those named: [topics].
 *
 * @param documents positions of the documents that count; all by default
 * @throws InvalidOptionError without documents.
 */
export function meanProportions({ rows, columns, data }: DenseMatrix, documents: Iterable<number> = Array(rows).keys()): Float64Array {
  const shares = new Float64Array(columns);
  let count = 0;
  for (const document of documents) {
    for (let topic = 0; topic < columns; topic++) shares[topic]! += data[document * columns + topic]!;
    count++;
  }
  if (count === 0) throw new InvalidOptionError('proportions', [rows, columns], 'there are no documents');
  return shares.map((share) => share / count);
}
