import { type Corpus, InvalidOptionError, type Topic } from '@xtm/contracts';
import type { TokenPrices } from '@xtm/llm';
import { type ChatRefinerOptions, estimateRefinement, type RefinementEstimate } from '@xtm/refiner';
import { z } from 'zod';
import { resolveRefinementSettings } from '../refinement/refinement-settings';
import { resolveBaselineSettings } from '../training/training-settings';
import type { RunSettings } from './resolve-settings';
import { checkSettings, loadSettingsDataset } from './train-with-settings';

const pricesSchema = z.object({ input: z.number(), output: z.number() });

/**
 * What phase 2 would ask of a language model, found without opening models or endpoints.
 *
 * @throws InvalidOptionError where none is asked, and for settings that are wrong
 */
export async function estimateSpending(settings: RunSettings): Promise<RefinementEstimate> {
  const { refiner, refinerOptions, refinement, llm } = settings;
  if (refiner !== 'openai') {
    throw new InvalidOptionError('dryRun', refiner, 'nothing is asked of a language model without the refiner openai');
  }
  checkSettings(settings);
  const { corpus } = await loadSettingsDataset(settings, false);
  const { rounds, epochs, refineEvery, refinedWords, topWords } = resolveRefinementSettings(refinement);
  const { numTopics } = resolveBaselineSettings({ numTopics: settings.numTopics });
  return estimateRefinement({
    topics: exampleTopics(corpus, numTopics, topWords),
    context: {
      languages: corpus.languages.map(({ language }) => language),
      description: corpus.description,
      wordsPerTopic: refinedWords,
    },
    refiner: refinerOptions as ChatRefinerOptions,
    rounds,
    refinements: Math.ceil(epochs / refineEvery),
    prices: pricesOf(llm),
  });
}

/** Topics of words spread over the vocabulary: as long as real ones, before there are any. */
function exampleTopics({ languages }: Corpus, numTopics: number, topWords: number): Topic[] {
  const word = (vocabulary: readonly string[], at: number): string => vocabulary[at % vocabulary.length]!;
  return Array.from({ length: numTopics }, (_, index) => ({
    index,
    words: languages.map(({ vocabulary }) =>
      Array.from({ length: topWords }, (_word, rank) => word(vocabulary, index * topWords + rank)),
    ),
  }));
}

function pricesOf({ budget }: RunSettings['llm']): TokenPrices | undefined {
  return pricesSchema.safeParse(Object(budget).prices).data;
}
