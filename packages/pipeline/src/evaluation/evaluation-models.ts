import { type ChatModel, type Embedder, InvalidOptionError } from '@xtm/contracts';
import { createEmbedder } from '@xtm/embedder';
import { type ChatModelOptions, createChatModel, type EndpointChatModel, type SpendingSummary } from '@xtm/llm';
import { refuseKeys } from '../settings/keys';
import type { SettingLayer } from '../settings/layers';
import { endpointOptions } from '../settings/resolve-settings';

type Environment = Readonly<Record<string, string | undefined>>;

/** Models that an evaluation may ask, by their settings. */
export interface NamedEvaluationModels {
  /** Name of the embedder that places topics; none by default. */
  readonly embedder?: string;
  readonly embedderOption?: SettingLayer;
  /** Settings of the language model that rates, `llmModel` and others, beside settings of all kinds. */
  readonly [setting: string]: unknown;
}

/** Models that are open, to be handed to an evaluation and disposed of after it. */
export interface EvaluationModels {
  readonly embedder?: Embedder;
  /** Rates topics. */
  readonly chatModel?: ChatModel;
  /** What the language model cost so far; undefined without one. */
  spending(): SpendingSummary | undefined;
  dispose(): Promise<void>;
}

/**
 * Opens the models that settings name for an evaluation.
 *
 * @param environment variables that hold keys and say where caches are
 * @throws InvalidOptionError for a language model without a name, a key among the options, or options that are wrong
 */
export async function openEvaluationModels(
  settings: NamedEvaluationModels,
  environment: Environment = process.env,
): Promise<EvaluationModels> {
  const { embedder: name = 'none', embedderOption = {} } = settings;
  const chatModel = ratingModel(settings, environment);
  refuseKeys('embedderOption', embedderOption);
  const embedder = name === 'none' ? undefined : await createEmbedder(name, embedderOption, environment);
  return {
    ...(embedder && { embedder }),
    ...(chatModel && { chatModel }),
    spending: () => chatModel?.spending(),
    dispose: async () => embedder?.dispose?.(),
  };
}

function ratingModel(settings: SettingLayer, environment: Environment): EndpointChatModel | undefined {
  const options = endpointOptions(settings);
  if (Object.keys(options).length === 0) return undefined;
  if (options['model'] === undefined)
    throw new InvalidOptionError('llmModel', undefined, 'the language model has no name', {
      advice: 'Name it with `llmModel`.',
    });
  refuseKeys('llm', options);
  return createChatModel(options as ChatModelOptions, environment);
}
