import { createChatModel, type ChatModelOptions, type EndpointChatModel } from '@xtm/llm';
import type { PhaseTwo } from '@xtm/pipeline';
import { createChatRefiner, createCorpusRefiner } from '@xtm/refiner';
import type { RunSettings } from '../settings/run-settings';
import { refuseKeys } from './refuse-keys';

/** Refinement as the settings say. */
export interface RefinerChoice {
  /** The language model, where one is asked: it tells what was spent. */
  readonly chatModel?: EndpointChatModel;
  /** The refiner; undefined for phase 1 alone. */
  readonly refiner?: PhaseTwo['refiner'];
}

/** Throws `InvalidOptionError` for options that the refiner or the language model does not have. */
export function chooseRefiner({ refiner, refinerOptions, llm }: RunSettings, environment: Readonly<Record<string, string | undefined>>): RefinerChoice {
  switch (refiner) {
    case 'none':
      return {};
    case 'openai': {
      refuseKeys('llm', llm);
      const chatModel = createChatModel(llm as ChatModelOptions, environment);
      return { chatModel, refiner: createChatRefiner(chatModel, refinerOptions) };
    }
    case 'corpus':
      return {
        refiner: ({ corpus, wordEmbeddings, dictionary }, generator) => createCorpusRefiner({
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
