import { InvalidOptionError, type Corpus, type CorpusLanguage } from '@xtm/contracts';
import type { SourceChoices } from './train-options';

const FILES: Readonly<Record<keyof SourceChoices, string>> = { clusters: 'cluster_labels_LANG.npy', wordVectors: 'word2vec_LANG.npz' };

/**
 * The corpus without what is to come from the embedder, so that its own is not preferred.
 *
 * @throws InvalidOptionError where the dataset has not what is to come from it, or more clusters than topics
 */
export function chooseSources(corpus: Corpus, choices: SourceChoices, numTopics: number): Corpus {
  for (const choice of ['clusters', 'wordVectors'] as const) if (choices[choice] === 'dataset') checkPresence(corpus, choice);
  if (choices.clusters === 'dataset') checkClusterNumbers(corpus, numTopics);
  return { ...corpus, languages: corpus.languages.map((language) => withoutUnwanted(language, choices)) };
}

function withoutUnwanted({ clusters, wordVectors, ...language }: CorpusLanguage, choices: SourceChoices): CorpusLanguage {
  return {
    ...language,
    ...(clusters !== undefined && choices.clusters !== 'embedder' && { clusters }),
    ...(wordVectors !== undefined && choices.wordVectors !== 'embedder' && { wordVectors }),
  };
}

function checkPresence(corpus: Corpus, choice: keyof SourceChoices): void {
  if (corpus.languages.some((language) => language[choice] === undefined)) {
    throw new InvalidOptionError(choice, 'dataset', `the dataset has no ${FILES[choice]} for every language`, { advice: 'Put the files into the dataset folder, or leave the choice to "embedder".' });
  }
}

function checkClusterNumbers({ languages }: Corpus, numTopics: number): void {
  const largest = languages.reduce((most, { clusters }) => clusters!.reduce((a, b) => Math.max(a, b), most), 0);
  if (largest >= numTopics) {
    throw new InvalidOptionError('clusters', 'dataset', `the dataset's clusters are numbered up to ${largest}, too many for ${numTopics} topics`, { advice: `Ask for ${largest + 1} topics, or take "embedder".` });
  }
}
