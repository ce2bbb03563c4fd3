import { publicDatasets } from '@xtm/data';
import { COMPUTED_CLUSTERS, modelNames, type Method } from '../tables/method';

/** What a run's name says: `rakuten-amazon-nmtm-0`, `rakuten-amazon-nmtm-0-refined`, `amazon-review-xtra-0-quick`. */
export interface RunName {
  readonly dataset: string;
  readonly model: string;
  readonly seed: number;
  /** Trained for a few epochs only, to see that all works. */
  readonly quick: boolean;
  /** What the method's suffix is. */
  readonly suffix: string;
}

export function formatRunName({ dataset, model, seed, quick, suffix }: RunName): string {
  return `${dataset}-${model}-${seed}${quick ? '-quick' : ''}${suffix}`;
}

export function nameOf({ model, suffix }: Method, dataset: string, seed: number, quick: boolean): string {
  return formatRunName({ dataset, model, seed, quick, suffix });
}

/** What decides how a run's name ends, as its configuration has it. */
export interface SuffixSettings {
  readonly refiner?: string;
  readonly clusters?: string;
}

/** What the name of a run with these settings ends with; more may follow for settings that have no name. */
export function suffixOf({ refiner, clusters }: SuffixSettings): string {
  const phaseTwo = refiner === undefined ? '' : refiner === 'corpus' ? '-refined' : '-llm';
  return `${clusters === 'embedder' ? COMPUTED_CLUSTERS : ''}${phaseTwo}`;
}

/** Undefined for a name of another form. */
export function parseRunName(name: string): RunName | undefined {
  const datasets = publicDatasets.map((dataset) => dataset.name).join('|');
  const match = new RegExp(`^(${datasets})-(${modelNames.join('|')})-(\\d+)(-quick)?(-.+)?$`).exec(name);
  if (match === null) return undefined;
  const [, dataset, model, seed, quick, suffix = ''] = match;
  return { dataset: dataset!, model: model!, seed: Number(seed), quick: quick !== undefined, suffix };
}
