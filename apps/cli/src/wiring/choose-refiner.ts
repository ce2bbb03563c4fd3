import type { BackboneResources, RandomGenerator, TopicRefiner } from '@xtm/contracts';
import { createChatModel, type ChatModelOptions, type EndpointChatModel } from '@xtm/llm';
import { createChatRefiner, createCorpusRefiner } from '@xtm/refiner';
import type { RunSettings } from '../settings/run-settings';
import { refuseKeys } from './refuse-keys';

/** Refinement as the settings say. */
export interface RefinerPlan {
  /** The language model, where one is asked: it tells what was spent. */
  readonly chatModel?: EndpointChatModel;
  /** The refiner; undefined for phase 1 alone. */
  create(resources: BackboneResources, generator: RandomGenerator): TopicRefiner | undefined;
}

/** Throws `InvalidOptionError` for options that the refiner or the language model does not have. */
export function chooseRefiner({ refiner, refinerOptions, llm }: RunSettings, environment: Readonly<Record<string, string | undefined>>): RefinerPlan {
  switch (refiner) {
    case 'none':
      return { create: () => undefined };
    case 'openai': {
      refuseKeys('llm', llm);
      const chatModel = createChatModel(llm as ChatModelOptions, environment);
      const chatRefiner = createChatRefiner(chatModel, refinerOptions);
      return { chatModel, create: () => chatRefiner };
    }
    case 'corpus':
      return {
        create: ({ corpus, wordEmbeddings, dictionary }, generator) => createCorpusRefiner({
          ...refinerOptions,
          vocabularies: corpus.languages.map(({ vocabulary }) => vocabulary),
          trainRows: corpus.languages.map(({ train }) => train.rows),
          wordEmbeddings: wordEmbeddings!,
          dictionary,
          generator,
        }),
      };
  }
}
