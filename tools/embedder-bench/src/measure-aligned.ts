import type { Corpus } from '@xtm/contracts';
import { AlignedEmbedder, type AlignedOptions } from '@xtm/embedder';
import type { ClassificationResult } from '@xtm/metrics';
import { SeededGenerator } from '@xtm/numeric';
import { classifyDocuments } from './measure-documents';
import { precisionAt, splitDictionary } from './word-translation';

export interface AlignedMeasures {
  /**
   * Share of held-out words of the first language with a translation among the 10 nearest words, mean of the draws.
   */
  readonly precisionAt10: number;
  /** Seconds that fitting with the whole dictionary took. */
  readonly fitSeconds: number;
  readonly classification: readonly ClassificationResult[];
}

/**
 * Translation of held-out words, drawn anew `draws` times, after fitting without them; classification of document
 * vectors after fitting with the whole dictionary.
 */
export async function measureAligned(
  corpus: Corpus,
  options: AlignedOptions,
  seed: number,
  draws = 1,
): Promise<AlignedMeasures> {
  const precisions: number[] = [];
  for (let draw = 0; draw < draws; draw++) precisions.push(await translationPrecision(corpus, options, seed + draw));
  const embedder = new AlignedEmbedder(options);
  const started = performance.now();
  await embedder.fit(corpus, corpus.dictionary);
  const fitSeconds = (performance.now() - started) / 1_000;
  return {
    precisionAt10: precisions.reduce((sum, precision) => sum + precision, 0) / draws,
    fitSeconds,
    classification: await classifyDocuments(corpus, embedder),
  };
}

async function translationPrecision(corpus: Corpus, options: AlignedOptions, seed: number): Promise<number> {
  const { known, heldOut } = splitDictionary(corpus.dictionary!, 0.2, new SeededGenerator(seed));
  const embedder = new AlignedEmbedder(options);
  await embedder.fit(corpus, known);
  const [first, second] = await Promise.all(
    corpus.languages.map(({ vocabulary }, index) => embedder.embedWords(vocabulary, index)),
  );
  return precisionAt(10, heldOut, first!, second!);
}
