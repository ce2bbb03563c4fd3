import { type Embedder, InvalidOptionError, type RunOptions } from '@xtm/contracts';
import {
  induceFromCorpus,
  type InducedDictionary,
  type InductionOptions,
  readReach,
  writeWordList,
} from '@xtm/dictionary';
import { createEmbedder, findEncoders, modelsFolder, readsTexts } from '@xtm/embedder';
import { refuseKeys } from '../settings/keys';
import type { SettingLayer } from '../settings/layers';
import { type OwnWordsDictionary, type OwnWordsOptions, placeDictionary, readOwnWords } from './own-words';

type Environment = Readonly<Record<string, string | undefined>>;

export interface InduceOwnWordsOptions extends OwnWordsOptions, InductionOptions {
  /** Name of a multilingual encoder; by default the project's, else the smallest that is on this machine. */
  readonly embedder?: string;
  /** Beside those that the project has for it. */
  readonly embedderOptions?: Readonly<Record<string, unknown>>;
  /** Whether the known pairs are left out of the result. Default false. */
  readonly onlyInduced?: boolean;
  /** Variables that hold keys and say where encoders are; default those of the process. */
  readonly environment?: Environment;
}

export interface InducedOwnWords extends OwnWordsDictionary {
  /** Name of the encoder. */
  readonly encoder: string;
  readonly induced: InducedDictionary;
}

/**
 * Has a multilingual encoder make a dictionary of the words of a dataset folder, project file or corpus file.
 *
 * @throws InvalidOptionError where there is no encoder, or the one named learns from a dictionary itself; for a file
 *   that is there and may not be replaced; MissingFileError, DataFormatError, AbortedError
 */
export async function induceOwnWords(
  place: string,
  options: InduceOwnWordsOptions,
  run: RunOptions = {},
): Promise<InducedOwnWords> {
  const { neighbours, minPrecision, mutualThreshold, oneWayThreshold, onlyInduced } = options;
  const source = await readOwnWords(place, options, run);
  const { file, known } = await placeDictionary(source, options);
  const encoder = await openEncoder(options, source.settings);
  try {
    const asked = { known, neighbours, minPrecision, mutualThreshold, oneWayThreshold };
    const { whole, ...induced } = await induceFromCorpus(encoder, source.words, asked, run);
    const written = onlyInduced ? induced.list : whole;
    writeWordList(file, written);
    const reach = await readReach(file, written, source.words);
    return { source, file, ...(known && { known }), reach, encoder: encoder.name, induced };
  } finally {
    await encoder.dispose?.();
  }
}

/** The encoder that is named, by the options or by the project, else the smallest that is on this machine. */
async function openEncoder(
  { embedder, embedderOptions, environment = process.env }: InduceOwnWordsOptions,
  settings: SettingLayer,
): Promise<Embedder> {
  const ofProject = [settings['embedder']].find(
    (name): name is string => typeof name === 'string' && readsTexts(name),
  );
  const encoders = await findEncoders(modelsFolder(environment));
  const name = embedder ?? ofProject ?? encoders.sort((a, b) => a.bytes - b.bytes)[0]?.name;
  if (name === undefined)
    throw new InvalidOptionError('embedder', undefined, 'there is no encoder on this machine', {
      advice:
        'Fetch one with "xtm models fetch multilingual-e5-small", or name one: `embedder` NAME `embedderOption` ' +
        'folder=FOLDER.',
    });
  if (!readsTexts(name)) {
    const advice = 'Name a multilingual encoder, for example multilingual-e5-small.';
    throw new InvalidOptionError('embedder', name, 'does not know which words mean the same by itself', { advice });
  }
  const ofName = (settings['embedders'] as Readonly<Record<string, object>> | undefined)?.[name];
  const all = { ...ofName, ...embedderOptions };
  refuseKeys('embedderOptions', all);
  return createEmbedder(name, all, environment);
}
