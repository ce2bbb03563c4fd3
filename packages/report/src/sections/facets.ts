import type { MetadataValue } from '@xtm/contracts';
import type { FacetData } from '../contract/prevalence-data';
import type { ReportedDocument } from '../run/language-documents';
import { dateGroups } from './date-groups';

/** A property that puts documents into groups. */
export interface Facet {
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
  const columns = [...names].map((name) => ({ name, read: ({ metadata }: ReportedDocument) => metadata?.[name] ?? null }));
  return [{ name: 'label', read: ({ label }: ReportedDocument) => label ?? null }, ...columns].flatMap(({ name, read }) => facetOf(name, facts, read) ?? []).slice(0, MOST_FACETS);
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
  if (dates !== undefined && typeof values[0] === 'string') return { name, kind: 'date', groups: dates.groups, groupOf: (document) => dates.groupOf(String(read(document) ?? '')) };
  if (values.length > MOST_GROUPS && values.every((value) => typeof value === 'number')) return numberFacet(name, values, read);
  const documents = [...counts.values()].reduce((a, b) => a + b, 0);
  return counts.size > documents / 3 ? undefined : categoryFacet(name, counts, read);
}

function categoryFacet(name: string, counts: ReadonlyMap<MetadataValue, number>, read: ReadValue): Facet {
  const byCount = [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => String(value));
  const kept = byCount.slice(0, MOST_GROUPS).sort(new Intl.Collator('en', { numeric: true }).compare);
  const positions = new Map(kept.map((group, position) => [group, position]));
  const groups = byCount.length > MOST_GROUPS ? [...kept, 'other'] : kept;
  return { name, kind: 'category', groups, groupOf: (facts) => groupOfValue(read(facts), positions, groups.length > kept.length ? kept.length : -1) };
}

function groupOfValue(value: MetadataValue, positions: ReadonlyMap<string, number>, other: number): number {
  return value === null || value === '' ? -1 : (positions.get(String(value)) ?? other);
}

/** Five groups of about as many distinct values each. */
function numberFacet(name: string, values: readonly number[], read: ReadValue): Facet {
  const sorted = [...values].sort((a, b) => a - b);
  const starts = Array.from({ length: QUANTILES }, (_, quantile) => sorted[Math.floor((quantile * sorted.length) / QUANTILES)]!);
  const last = sorted.at(-1)!;
  const groups = starts.map((start, at) => (at + 1 < QUANTILES ? `${start} to below ${starts[at + 1]}` : `${start} to ${last}`));
  return { name, kind: 'number', groups, groupOf: (facts) => quantileOf(read(facts), starts) };
}

function quantileOf(value: MetadataValue, starts: readonly number[]): number {
  return typeof value === 'number' ? starts.filter((start) => start <= value).length - 1 : -1;
}
