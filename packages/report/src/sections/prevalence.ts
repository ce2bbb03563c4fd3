import type { DenseMatrix, MetadataValue, RandomGenerator } from '@xtm/contracts';
import type { RunConfig } from '@xtm/pipeline';
import type { FacetData, PrevalenceSeries } from '../contract/topic-data';
import type { LanguageDocuments, ReportedDocument, RunMaterial } from '../read-run';
import { describeLanguage, significant } from '../wording';

/**
 * Prevalence of topics by language, label, date and every other property of documents that repeats, with bootstrap
 * intervals; training and test documents together.
 *
 * @param onFacet told of each facet when it is done
 */
export async function describePrevalence(
  run: RunMaterial,
  generator: RandomGenerator,
  onFacet: (done: number, total: number) => Promise<void>,
): Promise<FacetData[]> {
  const facets = findFacets(run.documents.flatMap(({ facts }) => facts));
  const described: FacetData[] = [byLanguage(run, generator.fork('language'))];
  await onFacet(1, facets.length + 1);
  for (const facet of facets) {
    const series = run.documents.map((documents, language) =>
      seriesOf(facet, documents, language, generator.fork(`${facet.name} ${language}`)),
    );
    described.push({ name: facet.name, kind: facet.kind, groups: facet.groups, series });
    await onFacet(described.length, facets.length + 1);
  }
  return described;
}

function byLanguage({ languages, documents }: RunMaterial, generator: RandomGenerator): FacetData {
  const groups = documents.map(({ proportions }) =>
    bootstrapMeans(
      proportions,
      Int32Array.from({ length: proportions.rows }, (_, row) => row),
      generator,
    ),
  );
  return {
    name: 'language',
    kind: 'language',
    groups: languages.map((language) => describeLanguage(language).name),
    series: [
      toSeries(
        null,
        documents.map(({ proportions }) => proportions.rows),
        groups,
        documents[0]!.proportions.columns,
      ),
    ],
  };
}

function seriesOf(
  facet: Facet,
  { proportions, facts }: LanguageDocuments,
  language: number,
  generator: RandomGenerator,
): PrevalenceSeries {
  const members = facet.groups.map((): number[] => []);
  facts.forEach((document, row) => members[facet.groupOf(document)]?.push(row));
  const groups = members.map((rows) => (rows.length === 0 ? undefined : groupMeans(proportions, rows, generator)));
  return toSeries(
    language,
    members.map(({ length }) => length),
    groups,
    proportions.columns,
  );
}

function groupMeans(proportions: DenseMatrix, rows: readonly number[], generator: RandomGenerator): BootstrapMeans {
  return bootstrapMeans(proportions, Int32Array.from(rows), generator);
}

function toSeries(
  language: number | null,
  documents: readonly number[],
  groups: readonly (BootstrapMeans | undefined)[],
  topics: number,
): PrevalenceSeries {
  const table = (part: keyof BootstrapMeans): (number | null)[][] =>
    Array.from({ length: topics }, (_, topic) =>
      groups.map((group) => (group === undefined ? null : significant(group[part][topic]!, 3))),
    );
  return { language, documents, mean: table('mean'), low: table('low'), high: table('high') };
}

/**
 * Whether inference normalised each language by its own statistics, which takes away what the languages differ in:
 * each topic then has about the same share everywhere, whatever the documents are about.
 */
export function isPrevalenceLevelled({ settings }: Pick<RunConfig, 'settings'>): boolean {
  return settings.modelOptions?.['normalisation'] === 'per-language';
}

/** A property that puts documents into groups. */
interface Facet {
  readonly name: string;
  readonly kind: FacetData['kind'];
  readonly groups: readonly string[];
  /** Position of a document's group; −1 for none. */
  groupOf(facts: ReportedDocument): number;
}

/** Columns that become facets. */
const MOST_FACETS = 8;

/** Groups of a category; the rest are called "other". */
const MOST_GROUPS = 16;

const QUANTILES = 5;

/** The labels, then every metadata column whose values repeat, as dates, quantiles of numbers or categories. */
export function findFacets(facts: readonly ReportedDocument[]): Facet[] {
  const names = new Set<string>();
  for (const { metadata } of facts) for (const name of Object.keys(metadata ?? {})) names.add(name);
  const columns = [...names].map((name) => ({
    name,
    read: ({ metadata }: ReportedDocument) => metadata?.[name] ?? null,
  }));
  return [{ name: 'label', read: ({ label }: ReportedDocument) => label ?? null }, ...columns]
    .flatMap(({ name, read }) => facetOf(name, facts, read) ?? [])
    .slice(0, MOST_FACETS);
}

type ReadValue = (facts: ReportedDocument) => MetadataValue;

function facetOf(name: string, facts: readonly ReportedDocument[], read: ReadValue): Facet | undefined {
  const counts = new Map<MetadataValue, number>();
  for (const document of facts) {
    const value = read(document);
    if (value !== null && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  if (counts.size < 2) return undefined;
  const values = [...counts.keys()];
  const dates = dateGroups(values.map(String));
  if (dates !== undefined && typeof values[0] === 'string')
    return {
      name,
      kind: 'date',
      groups: dates.groups,
      groupOf: (document) => dates.groupOf(String(read(document) ?? '')),
    };
  if (values.length > MOST_GROUPS && values.every((value) => typeof value === 'number'))
    return numberFacet(name, values, read);
  const documents = [...counts.values()].reduce((a, b) => a + b, 0);
  return counts.size > documents / 3 ? undefined : categoryFacet(name, counts, read);
}

function categoryFacet(name: string, counts: ReadonlyMap<MetadataValue, number>, read: ReadValue): Facet {
  const byCount = [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => String(value));
  const kept = byCount.slice(0, MOST_GROUPS).sort(new Intl.Collator('en', { numeric: true }).compare);
  const positions = new Map(kept.map((group, position) => [group, position]));
  const groups = byCount.length > MOST_GROUPS ? [...kept, 'other'] : kept;
  return {
    name,
    kind: 'category',
    groups,
    groupOf: (facts) => groupOfValue(read(facts), positions, groups.length > kept.length ? kept.length : -1),
  };
}

function groupOfValue(value: MetadataValue, positions: ReadonlyMap<string, number>, other: number): number {
  return value === null || value === '' ? -1 : (positions.get(String(value)) ?? other);
}

/** Five groups of about as many distinct values each. */
function numberFacet(name: string, values: readonly number[], read: ReadValue): Facet {
  const sorted = [...values].sort((a, b) => a - b);
  const starts = Array.from(
    { length: QUANTILES },
    (_, quantile) => sorted[Math.floor((quantile * sorted.length) / QUANTILES)]!,
  );
  const last = sorted.at(-1)!;
  const groups = starts.map((start, at) =>
    at + 1 < QUANTILES ? `${start} to below ${starts[at + 1]}` : `${start} to ${last}`,
  );
  return { name, kind: 'number', groups, groupOf: (facts) => quantileOf(read(facts), starts) };
}

function quantileOf(value: MetadataValue, starts: readonly number[]): number {
  return typeof value === 'number' ? starts.filter((start) => start <= value).length - 1 : -1;
}

/** Periods of time, earliest first. */
interface DateGroups {
  readonly groups: readonly string[];
  /** Position of a date's period; −1 for what is no date. */
  groupOf(date: string): number;
}

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?$/;

/** Periods that a chart can show. */
const MOST_PERIODS = 40;

/** Share of values that may be no dates. */
const TOLERATED = 0.05;

/** Characters of YYYY-MM-DD that tell days, months and years. */
const PRECISIONS = [10, 7, 4];

/**
 * Groups ISO 8601 dates by day, month or year, the finest that gives few enough periods.
 *
 * @returns undefined if the values are no dates, or all of one period
 */
export function dateGroups(values: readonly string[]): DateGroups | undefined {
  const dates = values.filter((value) => DATE.test(value));
  if (dates.length < (1 - TOLERATED) * values.length) return undefined;
  const shortest = Math.min(...dates.map((date) => date.length));
  const candidates = PRECISIONS.filter((precision) => precision <= shortest).map(
    (precision) => new Set(dates.map((date) => date.slice(0, precision))),
  );
  const periods = candidates.find(({ size }) => size <= MOST_PERIODS);
  if (periods === undefined || periods.size < 2) return undefined;
  const groups = [...periods].sort();
  const positions = new Map(groups.map((group, position) => [group, position]));
  return {
    groups,
    groupOf: (date) => (DATE.test(date) ? (positions.get(date.slice(0, groups[0]!.length)) ?? -1) : -1),
  };
}

/** Mean of each column over some rows, with the interval that holds the middle 95% of its resampled means. */
interface BootstrapMeans {
  /** [columns]. */
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Resamples: the interval's ends are the 6th and 195th of them. */
const RESAMPLES = 200;

const LEFT_OUT = 5;

/**
 * Larger groups are put into as many blocks at random: means of blocks vary as those of rows do, less by their size.
 */
const MOST_BLOCKS = 1000;

/**
 * Percentile bootstrap (Efron 1979) of column means over a group of rows, drawn with replacement.
 *
 * @param rows at least one row of the matrix
 */
export function bootstrapMeans(matrix: DenseMatrix, rows: Int32Array, generator: RandomGenerator): BootstrapMeans {
  const { columns } = matrix;
  const blocks = sumBlocks(matrix, rows, generator);
  const everyBlock = Int32Array.from({ length: blocks.sizes.length }, (_, block) => block);
  const resampled = Array.from({ length: RESAMPLES }, () =>
    meanOfBlocks(
      blocks,
      everyBlock.map(() => generator.integer(everyBlock.length)),
    ),
  );
  const [low, high] = [new Float64Array(columns), new Float64Array(columns)];
  for (let column = 0; column < columns; column++) {
    const sorted = Float64Array.from(resampled, (means) => means[column]!).sort();
    low[column] = sorted[LEFT_OUT]!;
    high[column] = sorted[RESAMPLES - 1 - LEFT_OUT]!;
  }
  return { mean: meanOfBlocks(blocks, everyBlock), low, high };
}

interface BlockSums {
  /** Rows of each block. */
  readonly sizes: Int32Array;
  /** [blocks, columns]. */
  readonly sums: Float64Array;
  readonly columns: number;
}

function sumBlocks({ columns, data }: DenseMatrix, rows: Int32Array, generator: RandomGenerator): BlockSums {
  const order = Int32Array.from(rows);
  generator.shuffle(order);
  const count = Math.min(MOST_BLOCKS, rows.length);
  const blocks = { sizes: new Int32Array(count), sums: new Float64Array(count * columns), columns };
  order.forEach((row, at) => {
    const block = at % count;
    blocks.sizes[block]! += 1;
    for (let column = 0; column < columns; column++)
      blocks.sums[block * columns + column]! += data[row * columns + column]!;
  });
  return blocks;
}

function meanOfBlocks({ sizes, sums, columns }: BlockSums, chosen: Int32Array): Float64Array {
  const total = new Float64Array(columns);
  let rows = 0;
  for (const block of chosen) {
    rows += sizes[block]!;
    for (let column = 0; column < columns; column++) total[column]! += sums[block * columns + column]!;
  }
  return total.map((sum) => sum / rows);
}
