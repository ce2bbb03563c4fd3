import { MissingFileError, type RandomGenerator } from '@xtm/contracts';
import { loadDataset, parseLanguages } from '@xtm/data';
import { AlignedEmbedder } from '@xtm/embedder';
import type { PromptTopic, RefinementAnswersOptions } from '@xtm/llm/testing';
import { createCorpusRefiner } from '@xtm/refiner';
import { translationsOf } from './translation-answers';

export interface CorpusSource {
  readonly dataset: string;
  readonly languages?: string | undefined;
  readonly dictionary?: string | undefined;
}

export interface CorpusSuggestions {
  readonly suggest: NonNullable<RefinementAnswersOptions['suggest']>;
  /** Translations of each word of the vocabularies, by the corpus' dictionary. */
  readonly translations: ReadonlyMap<string, readonly string[]>;
  /** Vocabulary by label of its language. */
  readonly vocabularies: Readonly<Record<string, readonly string[]>>;
}

/** Words for topics from a corpus: each call is a round of the corpus refiner of its own. */
export async function corpusSuggestions(
  { dataset, languages, dictionary }: CorpusSource,
  generator: RandomGenerator,
): Promise<CorpusSuggestions> {
  const { corpus } = await loadDataset(dataset, {
    ...(languages === undefined ? {} : { languages: parseLanguages(languages) }),
    ...(dictionary === undefined ? {} : { dictionary }),
  });
  if (corpus.languages.length < 2) throw new MissingFileError(dataset, 'a corpus in two languages');
  const embedder = new AlignedEmbedder();
  await embedder.fit(corpus, corpus.dictionary);
  const vocabularies = corpus.languages.map(({ vocabulary }) => vocabulary);
  const wordEmbeddings = await Promise.all(
    vocabularies.map((words, languageIndex) => embedder.embedWords(words, languageIndex)),
  );
  const refiner = createCorpusRefiner({
    vocabularies,
    trainRows: corpus.languages.map(({ train }) => train.rows),
    wordEmbeddings,
    generator,
    ...(corpus.dictionary === undefined ? {} : { dictionary: corpus.dictionary }),
  });
  const labels = corpus.languages.map(({ language }) => language.suffix.toUpperCase());
  return {
    translations: translationsOf(corpus),
    vocabularies: Object.fromEntries(labels.map((label, index) => [label, vocabularies[index]!])),
    suggest: async (topics, wordsAsked, call) => {
      const asked = topics.map(({ index, words }) => ({ index, words: labels.map((label) => words[label] ?? []) }));
      const context = { languages: corpus.languages.map(({ language }) => language), wordsPerTopic: wordsAsked };
      const round = await refiner.refine(asked, context, call);
      return round.topics.map(({ index, words }): PromptTopic => ({
        index,
        words: Object.fromEntries(labels.map((label, position) => [label, words[position]!])),
      }));
    },
  };
}
