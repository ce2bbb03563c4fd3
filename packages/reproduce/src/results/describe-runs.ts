import type { RunResult } from '../runs/read-run-results';
import { scheduleOf } from '../runs/schedule';
import type { Method } from '../tables/method';

/** Models that learn from embeddings of documents or words in one space; InfoCTM has the benchmarks' own word vectors. */
const EMBEDDING_MODELS: readonly string[] = ['xtra', 'gloctm', 'u-svd', 'svd-lr'];

/** What a reader has to know of the runs behind a line: seeds, and where their settings are not the paper's. */
export function describeRuns({ label, model, phaseTwo }: Method, runs: readonly RunResult[]): string {
  if (runs.length === 0) return '';
  const embeds = phaseTwo !== undefined || EMBEDDING_MODELS.includes(model);
  return [describeSeeds(seedsOfRuns(runs)), ...distinct(runs.map(describeEpochs)), ...(embeds ? distinct(runs.map(({ embedder }) => describeEmbedder(embedder, label))) : [])].join('; ');
}

/** In ascending order. */
export function seedsOfRuns(runs: readonly RunResult[]): number[] {
  return runs.map(({ seed }) => seed).sort((a, b) => a - b);
}

export function describeSeeds(seeds: readonly number[]): string {
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== '');
}

function describeEpochs({ model, epochs }: RunResult): string {
  const published = scheduleOf(model)?.published;
  return epochs === undefined || epochs === published ? '' : `${epochs} epochs in place of ${published}`;
}

/** The paper has BGE-M3's embeddings wherever a model needs some. */
function describeEmbedder(embedder: string | undefined, label: string): string {
  if (embedder === undefined || embedder === 'bge-m3') return '';
  const text = embedder === 'aligned' ? 'aligned vectors' : `embeddings: ${embedder}`;
  return label.includes(text) ? '' : text;
}
