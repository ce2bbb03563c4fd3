import { InvalidOptionError, type Corpus, type Topic } from '@xtm/contracts';
import type { TokenPrices } from '@xtm/llm';
import { resolveRefinementSettings } from '@xtm/pipeline';
import { estimateRefinement, type ChatRefinerOptions, type RefinementEstimate } from '@xtm/refiner';
import { z } from 'zod';
import type { RunSettings } from '../settings/run-settings';

const pricesSchema = z.object({ budget: z.object({ prices: z.object({ input: z.number(), output: z.number() }).optional() }).optional() });

/** What phase 2 is expected to ask of a language model, before anything is asked. Throws `InvalidOptionError` where none is asked. */
export function estimateRun({ refiner, refinement, refinerOptions, llm }: RunSettings, corpus: Corpus, numTopics: number): RefinementEstimate {
  if (refiner !== 'openai') throw new InvalidOptionError('dryRun', refiner, 'nothing is asked of a language model without --refiner openai');
  const settings = resolveRefinementSettings(refinement);
  return estimateRefinement({
    topics: exampleTopics(corpus, numTopics, settings.topWords),
    context: { languages: corpus.languages.map(({ language }) => language), description: corpus.description, wordsPerTopic: settings.refinedWords },
    refiner: refinerOptions as ChatRefinerOptions,
    rounds: settings.rounds,
    refinements: Math.ceil(settings.epochs / settings.refineEvery),
    prices: pricesOf(llm),
  });
}

/** Topics of words spread over the vocabulary: as long as real ones, before there are any. */
function exampleTopics(corpus: Corpus, numTopics: number, topWords: number): Topic[] {
  return Array.from({ length: numTopics }, (_, index) => ({
    index,
    words: corpus.languages.map(({ vocabulary }) => Array.from({ length: topWords }, (_word, rank) => vocabulary[(index * topWords + rank) % vocabulary.length]!)),
  }));
}

function pricesOf(llm: Readonly<Record<string, unknown>>): TokenPrices | undefined {
  return pricesSchema.safeParse(llm).data?.budget?.prices;
}
