import type { BackboneNeed, BackboneResources, Corpus, CorpusLanguage, Language, RandomGenerator } from '@xtm/contracts';
import { loadDataset, parseLanguages } from '@xtm/data';
import { SeededGenerator } from '@xtm/numeric';
import { syntheticDictionary } from './synthetic-dictionary';
import { syntheticDocuments } from './synthetic-documents';
import { AMAZON_REVIEW_GROUPS, groupedVectors, randomVectors } from './synthetic-vectors';
import type { Workload } from './workload';

const LANGUAGES: readonly Language[] = [{ code: 'en', suffix: 'en' }, { code: 'zh-Hans', suffix: 'cn' }];

/** Width of word vectors that do not come with the data. */
const WORD_VECTOR_DIMENSIONS = 100;

/** Word embeddings are used before the first step only; a small width finds GloCTM's neighbours soon. */
const WORD_EMBEDDING_DIMENSIONS = 64;

/**
 * The workload's documents with what is needed beside them: its own word vectors and clusters where it is a dataset that
 * has them, seeded random ones otherwise.
 *
 * @throws MissingFileError, DataFormatError, EmptyCorpusError, InvalidOptionError for a dataset that cannot be read.
 */
export async function loadResources(workload: Workload, needs: readonly BackboneNeed[] = []): Promise<BackboneResources> {
  const generator = new SeededGenerator(workload.seed).fork('workload');
  const corpus = workload.dataset === undefined ? syntheticCorpus(workload, generator) : await realCorpus(workload.dataset);
  const supply = { corpus, workload, generator };
  return {
    corpus,
    ...(corpus.dictionary && { dictionary: corpus.dictionary }),
    ...(needs.includes('wordVectors') && { wordVectors: corpus.languages.map((language, l) => wordVectors(language, l, supply)) }),
    ...(needs.includes('wordEmbeddings') && { wordEmbeddings: corpus.languages.map((language, l) => wordEmbeddings(language, l, supply)) }),
    ...(needs.includes('documentEmbeddings') && { documentEmbeddings: corpus.languages.map((language, l) => documentEmbeddings(language, l, supply)) }),
    ...(needs.includes('clusters') && { clusters: corpus.languages.map((language, l) => clusters(language, l, supply)) }),
  };
}

function syntheticCorpus({ documents, vocabulary, wordsPerDocument, dictionaryPairs }: Workload, generator: RandomGenerator): Corpus {
  const languages = LANGUAGES.map((language): CorpusLanguage => ({
    language,
    vocabulary: Array.from({ length: vocabulary }, (_, word) => `${language.suffix}${word}`),
    train: { rows: syntheticDocuments({ documents, vocabulary, wordsPerDocument, generator: generator.fork(`documents ${language.suffix}`) }) },
  }));
  return { name: 'synthetic', languages, dictionary: syntheticDictionary(vocabulary, dictionaryPairs, generator.fork('dictionary')) };
}

async function realCorpus({ folder, dictionary, languages }: NonNullable<Workload['dataset']>): Promise<Corpus> {
  const { corpus } = await loadDataset(folder, { dictionary, ...(languages !== undefined && { languages: parseLanguages(languages) }) });
  return corpus;
}

interface Supply {
  readonly corpus: Corpus;
  readonly workload: Workload;
  readonly generator: RandomGenerator;
}

function wordVectors({ vocabulary, wordVectors: own }: CorpusLanguage, l: number, { generator }: Supply) {
  return own ?? groupedVectors(vocabulary.length, WORD_VECTOR_DIMENSIONS, AMAZON_REVIEW_GROUPS[l === 0 ? 0 : 1], generator.fork(`word vectors ${l}`));
}

function wordEmbeddings({ vocabulary }: CorpusLanguage, l: number, { generator }: Supply) {
  return randomVectors(vocabulary.length, WORD_EMBEDDING_DIMENSIONS, generator.fork(`word embeddings ${l}`));
}

function documentEmbeddings({ train }: CorpusLanguage, l: number, { workload, generator }: Supply) {
  return randomVectors(train.rows.rows, workload.dimensions, generator.fork(`document embeddings ${l}`));
}

function clusters({ train, clusters: own }: CorpusLanguage, l: number, { workload, generator }: Supply): Int32Array {
  const source = generator.fork(`clusters ${l}`);
  return own?.every((cluster) => cluster < workload.topics) ? own : Int32Array.from({ length: train.rows.rows }, () => source.integer(workload.topics));
}
