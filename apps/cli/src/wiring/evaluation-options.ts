import { createChatModel, type EndpointChatModel } from '@xtm/llm';
import { InvalidOptionError } from '@xtm/contracts';
import type { EvaluationOptions } from '@xtm/pipeline';
import { llmOptionsOfFlags } from '../settings/llm-flags';
import type { SettingLayer } from '../settings/layered-settings';
import type { Terminal } from '../terminal/terminal';
import { openEmbedder } from './open-embedder';
import { classifierNames, type ClassifierChoice } from './classifier-names';
import { referenceSource, type ReferenceFlags } from './reference-source';

/** What a command line says of an evaluation, besides what is evaluated. */
export interface EvaluationFlags extends ReferenceFlags {
  readonly topWords?: number;
  readonly classifiers: ClassifierChoice;
  readonly counting?: 'documents' | 'released';
  readonly description?: string;
  readonly embedder: string;
  readonly embedderOption?: Readonly<Record<string, unknown>>;
  readonly ratingRuns?: number;
  readonly ratingTemperature?: number;
}

/** Everything that an evaluation is made with, the language model told apart so that its cost can be shown. */
export async function evaluationOptions(flags: EvaluationFlags & SettingLayer, { environment, signal }: Terminal): Promise<EvaluationOptions & { readonly chatModel?: EndpointChatModel }> {
  const { topWords, classifiers, counting, description, embedder, embedderOption = {}, ratingRuns, ratingTemperature } = flags;
  return {
    topWords,
    counting,
    description,
    ratingRuns,
    ratingTemperature,
    classifiers: classifierNames(classifiers),
    reference: await referenceSource(flags),
    embedder: await openEmbedder(embedder, embedderOption, { environment }),
    chatModel: ratingModel(flags, environment),
    signal,
  };
}

function ratingModel(flags: SettingLayer, environment: Terminal['environment']): EndpointChatModel | undefined {
  const options = llmOptionsOfFlags(flags);
  if (Object.keys(options).length === 0) return undefined;
  if (options['model'] === undefined) throw new InvalidOptionError('llmModel', undefined, 'the language model has no name', { advice: 'Name it with --llm-model.' });
  return createChatModel(options as Parameters<typeof createChatModel>[0], environment);
}
