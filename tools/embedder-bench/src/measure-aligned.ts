import type { Corpus, DocumentSet } from '@xtm/contracts';
import { AlignedEmbedder, type AlignedOptions } from '@xtm/embedder';
import { classifyTopics, type ClassificationData, type ClassificationResult, trainLinearSvm } from '@xtm/metrics';
import { SeededGenerator } from '@xtm/numeric';
import { precisionAt, splitDictionary } from './word-translation';

export interface AlignedMeasures {
  /** Share of held-out words of the first language with a translation among the 10 nearest words. */
  readonly precisionAt10: number;
  /** Seconds that fitting with the whole dictionary took. */
  readonly fitSeconds: number;
  readonly classification: readonly ClassificationResult[];
}

/** Translation of held-out words after fitting without them; classification of document vectors after fitting with the whole dictionary. */
export async function measureAligned(corpus: Corpus, options: AlignedOptions, seed: number): Promise<AlignedMeasures> {
  const dictionary = corpus.dictionary!;
  const { known, heldOut } = splitDictionary(dictionary, 0.2, new SeededGenerator(seed));
  const partial = new AlignedEmbedder(options);
  await partial.fit(corpus, known);
  const [first, second] = await Promise.all(corpus.languages.map(({ vocabulary }, index) => partial.embedWords(vocabulary, index)));
  const embedder = new AlignedEmbedder(options);
  const started = performance.now();
  await embedder.fit(corpus, dictionary);
  const fitSeconds = (performance.now() - started) / 1_000;
  const data = await Promise.all(corpus.languages.map((_, index) => classificationData(corpus, embedder, index)));
  return {
    precisionAt10: precisionAt(10, heldOut, first!, second!),
    fitSeconds,
    classification: await classifyTopics(data, async (training) => trainLinearSvm(training)),
  };
}

async function classificationData(corpus: Corpus, embedder: AlignedEmbedder, languageIndex: number): Promise<ClassificationData> {
  const { language, train, test } = corpus.languages[languageIndex]!;
  const features = async ({ rows, labels }: DocumentSet) => ({ features: await embedder.embedDocuments({ rows, languageIndex }), labels: labels! });
  return { language, train: await features(train), test: await features(test!) };
}
