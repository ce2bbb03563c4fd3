import { setImmediate } from 'node:timers/promises';
import {
  AbortedError,
  type Corpus,
  type CorpusLanguage,
  EmptyCorpusError,
  InvalidOptionError,
  MissingNeedError,
  type ModelNeed,
  type ModelResources,
  type RunOptions,
  type WordPairs,
} from '@xtm/contracts';

/** What the models that tie two vocabularies by a dictionary work on. */
export interface LinkedLanguages {
  readonly languages: readonly [CorpusLanguage, CorpusLanguage];
  readonly links: DictionaryLinks;
}

/** Linked words; `first` belongs to the corpus' first language. */
export type DictionaryLinks = Pick<WordPairs, 'first' | 'second'>;

/** Throws unless the number of topics is an integer of at least 2 and every language has documents with words. */
export function requireTopics(numTopics: number, corpus: Corpus): void {
  if (!Number.isInteger(numTopics) || numTopics < 2)
    throw new InvalidOptionError('numTopics', numTopics, 'must be an integer of at least 2');
  for (const { language, train } of corpus.languages) {
    if (train.rows.indices.length === 0) {
      throw new EmptyCorpusError(`no document in ${language.code} has a word of the vocabulary`, {
        language: language.code,
      });
    }
  }
}

/** The resource called `need`, or `MissingNeedError` with the advice. */
export function requireResource<N extends ModelNeed>(
  model: string,
  resources: ModelResources,
  need: N,
  advice: string,
): NonNullable<ModelResources[N]> {
  const resource = resources[need];
  if (resource === undefined) throw new MissingNeedError(model, need, advice);
  return resource;
}

/** Throws unless there are two languages and a dictionary that links some of their words. */
export function requireLinkedLanguages(model: string, resources: ModelResources): LinkedLanguages {
  const { corpus } = resources;
  if (corpus.languages.length !== 2)
    throw new InvalidOptionError('languages', corpus.languages.length, `${model} models exactly two languages`);
  const dictionary = requireResource(
    model,
    resources,
    'dictionary',
    'Give a dictionary with pairs of words of both vocabularies.',
  );
  if (dictionary.first.length === 0) {
    throw new EmptyCorpusError(`no dictionary pair links two words of ${corpus.name}`, {
      advice:
        'Check that the dictionary is for these languages and in the form of the vocabulary (stems, script, case).',
    });
  }
  const { first, second } = dictionary;
  const links = dictionary.languages[0] === 0 ? { first, second } : { first: second, second: first };
  return { languages: [corpus.languages[0]!, corpus.languages[1]!], links };
}

/** Lets the event loop turn, so that a signal can arrive in the midst of computation, and stops if one has. */
export async function cooperate(stage: string, options: RunOptions): Promise<void> {
  await setImmediate();
  if (options.signal?.aborted === true) throw new AbortedError(stage, { cause: options.signal.reason });
}
