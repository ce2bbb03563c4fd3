import { UnlinkedLanguagesError, type Corpus, type Embedder, type WordPairs } from '@xtm/contracts';
import { dictionaryCoverage } from '@xtm/data';
import type { ModelNeeds } from './check-resources';

/** Share of a language's running words below which a dictionary is thin. */
const THIN = 0.2;
/** The same, below which topics come out unmatched: measured on news in English and Japanese (docs/own-texts.md). */
const LEAST = 0.05;

const ADVICE =
  'Give a larger dictionary (docs/dictionaries.md), or embeddings of a multilingual encoder: multilingual-e5-small, bge-m3, openai or precomputed.';

/**
 * Whether what links the languages is enough for a model to match topics across them: the dictionary where the model
 * takes one, and what the embedder anchors on where it learns from the corpus. Embeddings of a multilingual encoder need
 * neither.
 *
 * @returns what a thin link means, where it is thin
 * @throws UnlinkedLanguagesError where it is too thin to match topics
 */
export function checkLanguageLinks(
  models: readonly ModelNeeds[],
  corpus: Corpus,
  embedder: Embedder | undefined,
): string | undefined {
  for (const model of models) {
    const pairs = linkOf(model, corpus, embedder);
    if (pairs === undefined) continue;
    const coverage = dictionaryCoverage({ ...corpus, dictionary: pairs });
    const shares = corpus.languages.map(
      ({ language: { code } }, index) => [code, coverage[index]!.runningShare] as const,
    );
    const smallest = shares.reduce((least, other) => (other[1] < least[1] ? other : least));
    if (smallest[1] < LEAST)
      throw new UnlinkedLanguagesError(model.name, pairs.first.length, Object.fromEntries(shares), ADVICE);
    if (smallest[1] < THIN) {
      return `only ${(100 * smallest[1]).toFixed(0)} % of the running words in ${smallest[0]} have a translation: ${model.name} may match few topics across the languages`;
    }
  }
  return undefined;
}

function linkOf({ needs }: ModelNeeds, corpus: Corpus, embedder: Embedder | undefined): WordPairs | undefined {
  if (needs.includes('dictionary')) return corpus.dictionary;
  return needs.length > 0 ? embedder?.anchors?.(corpus, corpus.dictionary) : undefined;
}
