import { embedAll, openOnnxModel } from '@xtm/embedder';
import { SeededGenerator } from '@xtm/numeric';
import { sampleTexts } from './sample-texts';

export interface ThroughputSetting {
  readonly folder: string;
  readonly batchTokens: number;
  readonly threads: number;
  readonly texts: number;
  readonly longest: number;
}

export interface Throughput {
  readonly tokensPerSecond: number;
  readonly textsPerSecond: number;
  /** Most memory that the process held, MiB. */
  readonly peakMemory: number;
}

/** Embeds sample texts with a local model in this process. */
export async function measureThroughput({
  folder,
  batchTokens,
  threads,
  texts: count,
  longest,
}: ThroughputSetting): Promise<Throughput> {
  const model = await openOnnxModel({ folder, threads });
  const texts = sampleTexts(count, 5, longest, new SeededGenerator(1));
  const lengths = await model.countTokens!(texts);
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  await model.embed(texts.slice(0, 1));
  const started = performance.now();
  await embedAll(model, texts, { batches: { batchTokens, batchTexts: count } });
  const seconds = (performance.now() - started) / 1_000;
  await model.dispose!();
  return {
    tokensPerSecond: tokens / seconds,
    textsPerSecond: count / seconds,
    peakMemory: process.resourceUsage().maxRSS / 1_024,
  };
}
