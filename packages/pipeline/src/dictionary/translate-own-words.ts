import type { RunOptions, TokenUsage } from '@xtm/contracts';
import {
  type CorpusTranslationOptions,
  estimateCorpusTranslation,
  readReach,
  translateCorpus,
  type TranslatedVocabularies,
  writeWordList,
} from '@xtm/dictionary';
import { type ChatModelOptions, costOf, createChatModel, type SpendingSummary, type TokenPrices } from '@xtm/llm';
import { refuseKeys } from '../settings/keys';
import type { SettingLayer } from '../settings/layers';
import { endpointOptions } from '../settings/resolve-settings';
import { type OwnWordsDictionary, type OwnWordsOptions, placeDictionary, readOwnWords } from './own-words';

export interface TranslateOwnWordsOptions extends OwnWordsOptions, CorpusTranslationOptions {
  /** Settings of the language model by their names, `llmModel` and others; they win over the project's. */
  readonly languageModel?: SettingLayer;
  /** Variables that hold keys and say where caches are; default those of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface TranslatedOwnWords extends OwnWordsDictionary {
  /** Name of the language model. */
  readonly model: string;
  readonly translated: TranslatedVocabularies;
  readonly spending: SpendingSummary;
}

/**
 * Has a language model translate the words of a dataset folder, project file or corpus file. Replies are kept: the same
 * call asks for nothing again, and goes on where a budget or a failure ended it.
 *
 * @throws InvalidOptionError for a file that is there and may not be replaced, and for settings of the model that are
 *   wrong; MissingFileError, DataFormatError, AbortedError
 */
export async function translateOwnWords(
  place: string,
  options: TranslateOwnWordsOptions,
  run: RunOptions = {},
): Promise<TranslatedOwnWords> {
  const source = await readOwnWords(place, options, run);
  // Before anything is paid for: a dictionary that cannot be read would be told of too late.
  const { file, known } = await placeDictionary(source, options);
  const endpoint = endpointOptions({ ...source.settings, ...options.languageModel });
  refuseKeys('llm', endpoint);
  const model = createChatModel(endpoint as ChatModelOptions, options.environment ?? process.env);
  const asked = { ...translationOf(options), known };
  const { whole, ...translated } = await translateCorpus(model, source.words, asked, run);
  writeWordList(file, whole);
  const reach = await readReach(file, whole, source.words);
  const spending = model.spending();
  return { source, file, ...(known && { known }), reach, model: model.name, translated, spending };
}

/** What translating would take; `cost` in the unit of the prices, where they are given. */
export interface TranslationEstimate extends TokenUsage {
  readonly requests: number;
  readonly words: number;
  readonly cost?: number;
}

/** What `translateOwnWords` would take when every reply can be read at once and none is kept from before. */
export async function estimateOwnWords(
  place: string,
  { prices, ...options }: TranslateOwnWordsOptions & { readonly prices?: TokenPrices },
  run: RunOptions = {},
): Promise<TranslationEstimate> {
  const { words } = await readOwnWords(place, options, run);
  const estimate = estimateCorpusTranslation(words, translationOf(options));
  return { ...estimate, cost: prices === undefined ? undefined : costOf(estimate, prices) };
}

function translationOf(options: CorpusTranslationOptions): CorpusTranslationOptions {
  const { words, batchSize, translationsPerWord, direction, form, repeats } = options;
  return { words, batchSize, translationsPerWord, direction, form, repeats };
}
