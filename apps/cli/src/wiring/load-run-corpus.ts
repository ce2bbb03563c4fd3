import { RunFolderError, type Corpus } from '@xtm/contracts';
import { loadDataset } from '@xtm/data';
import { corpusFingerprint, readRunConfig } from '@xtm/pipeline';

export interface MovedPaths {
  readonly dataset?: string;
  readonly dictionary?: string;
}

/**
 * The corpus that a run was trained on, with its texts if they are asked for. Throws `RunFolderError` when the files are
 * no longer what they were.
 */
export async function loadRunCorpus(
  run: string,
  moved: MovedPaths = {},
  { texts = false }: { readonly texts?: boolean } = {},
): Promise<Corpus> {
  const {
    settings: { matchStems = false },
    dataset,
    paths,
  } = readRunConfig(run);
  const place = moved.dataset ?? paths.dataset;
  const dictionary = moved.dictionary ?? paths.dictionary;
  if (place === undefined)
    throw new RunFolderError(run, 'it does not say where its dataset is', {
      advice: 'Name the dataset with --dataset.',
    });
  const { corpus } = await loadDataset(place, {
    texts,
    matchStems,
    languages: dataset.languages.map(({ code, suffix }) => ({ code, suffix })),
    ...(dictionary !== undefined && { dictionary }),
  });
  if (corpusFingerprint(corpus) !== dataset.fingerprint) {
    throw new RunFolderError(run, `the dataset at ${place} is not the one that the run was trained on`, {
      advice: 'Name the right one with --dataset and --dictionary, or train a new run.',
    });
  }
  return corpus;
}
