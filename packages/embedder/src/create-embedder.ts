import {
  type Embedder,
  type EmbedderChoice,
  type EmbedderDefinition,
  InvalidOptionError,
  type OptionValues,
} from '@xtm/contracts';
import { encoders, endpoint, onnx } from './text-embedders';
import { aligned, precomputed } from './word-embedders';

/** In the order of lists; a new one is a line here. */
const EMBEDDERS = [
  aligned.definition,
  precomputed.definition,
  ...encoders.values(),
  onnx.definition,
  endpoint.definition,
];

/** Every embedder by its name. */
export const embedders: ReadonlyMap<string, EmbedderDefinition> = new Map(
  EMBEDDERS.map((definition) => [definition.name, definition]),
);

export const embedderNames: readonly string[] = [...embedders.keys()];

/** The embedder of that name, not open yet. Throws `InvalidOptionError` with the known names. */
export function findEmbedder(name: string): EmbedderDefinition {
  const found = embedders.get(name);
  if (found === undefined)
    throw new InvalidOptionError('embedder', name, `must be one of ${embedderNames.join(', ')}`);
  return found;
}

/** The embedder of that name with options, for names and options that come from a file. */
export function chooseEmbedder(name: string, options: OptionValues = {}): EmbedderChoice {
  return { definition: findEmbedder(name), options };
}

/** Whether an embedder reads documents' texts, which then have to be loaded, rather than bags of words. */
export function readsTexts(name: string): boolean {
  return embedders.get(name)?.reads === 'texts';
}

/**
 * Opens an embedder by name: `aligned` (`AlignedOptions`), an encoder of the catalogue (`EncoderOptions`), `onnx`
 * (`OnnxModelOptions`), `openai` (`EmbeddingModelOptions` of @xtm/llm), `precomputed` (`folder`); those that read
 * texts also take `StorageOptions`.
 *
 * @throws InvalidOptionError, MissingFileError, and what opening the model throws
 */
export async function createEmbedder(
  name: string,
  options: OptionValues = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Embedder> {
  return findEmbedder(name).open(options, { environment });
}
