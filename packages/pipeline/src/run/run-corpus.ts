import { type Corpus, RunFolderError } from '@xtm/contracts';
import { loadDataset } from '@xtm/data';
import { corpusFingerprint, readRunConfig } from '../run-folder/config';

/** Where the data of a run are now, if they moved. */
export interface MovedPaths {
  readonly dataset?: string;
  readonly dictionary?: string;
}

export interface RunCorpusOptions extends MovedPaths {
  /** Whether documents come with their texts. Default false. */
  readonly texts?: boolean;
}

/**
 * The corpus that a run was trained on.
 *
 * @throws RunFolderError when the files are no longer what they were, or the run does not say where they are
 */
export async function loadRunCorpus(run: string, options: RunCorpusOptions = {}): Promise<Corpus> {
  const { settings, dataset, paths } = readRunConfig(run);
  const place = options.dataset ?? paths.dataset;
  const dictionary = options.dictionary ?? paths.dictionary;
  if (place === undefined) {
    throw new RunFolderError(run, 'it does not say where its dataset is', { advice: 'Name the dataset.' });
  }
  const { corpus } = await loadDataset(place, {
    texts: options.texts ?? false,
    matchStems: settings.matchStems ?? false,
    languages: dataset.languages.map(({ code, suffix }) => ({ code, suffix })),
    ...(dictionary !== undefined && { dictionary }),
  });
  if (corpusFingerprint(corpus) === dataset.fingerprint) return corpus;
  throw new RunFolderError(run, `the dataset at ${place} is not the one that the run was trained on`, {
    advice: 'Name the right dataset and dictionary, or train a new run.',
  });
}
