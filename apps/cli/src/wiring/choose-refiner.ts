import type { BackboneResources, RandomGenerator, TopicRefiner } from '@xtm/contracts';
import { createChatModel } from '@xtm/llm';
import { createChatRefiner, createCorpusRefiner } from '@xtm/refiner';
import type { RunSettings } from '../settings/run-settings';

/** The refiner that the settings name; undefined for phase 1 alone. Throws `InvalidOptionError`. */
export function chooseRefiner({ refiner, refinerOptions, llm }: RunSettings, resources: BackboneResources, generator: RandomGenerator): TopicRefiner | undefined {
  switch (refiner) {
    case 'none':
      return undefined;
    case 'openai':
      return createChatRefiner(createChatModel(llm as Parameters<typeof createChatModel>[0]), refinerOptions);
    case 'corpus':
      return createCorpusRefiner({
        ...refinerOptions,
        vocabularies: resources.corpus.languages.map(({ vocabulary }) => vocabulary),
        trainRows: resources.corpus.languages.map(({ train }) => train.rows),
        wordEmbeddings: resources.wordEmbeddings!,
        dictionary: resources.dictionary,
        generator,
      });
  }
}
