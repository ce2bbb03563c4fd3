import { AlignedEmbedder } from '@xtm/embedder';
import { InvalidOptionError, type Embedder } from '@xtm/contracts';

type EmbedderFactory = (options: Readonly<Record<string, unknown>>) => Embedder;

const EMBEDDERS: Readonly<Record<string, EmbedderFactory>> = {
  aligned: (options) => new AlignedEmbedder(options),
};

/** The embedder of a name, `none` for none. Throws `InvalidOptionError` for unknown names and options. */
export function chooseEmbedder(name: string, options: Readonly<Record<string, unknown>>): Embedder | undefined {
  if (name === 'none') return undefined;
  const create = EMBEDDERS[name];
  if (create === undefined) throw new InvalidOptionError('embedder', name, `must be one of ${Object.keys(EMBEDDERS).join(', ')}, none`);
  return create(options);
}
