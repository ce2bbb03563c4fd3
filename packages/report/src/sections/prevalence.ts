import type { DenseMatrix, RandomGenerator } from '@xtm/contracts';
import type { RunConfig } from '@xtm/pipeline';
import type { FacetData, PrevalenceSeries } from '../contract/prevalence-data';
import { significant } from '../numbers';
import type { LanguageDocuments } from '../run/language-documents';
import type { RunMaterial } from '../run/run-material';
import { bootstrapMeans, type BootstrapMeans } from './bootstrap';
import { describeLanguage } from '../language-name';
import { findFacets, type Facet } from './facets';

/**
 * Prevalence of topics by language, label, date and every other property of documents that repeats, with bootstrap
 * intervals; training and test documents together.
 *
 * @param onFacet told of each facet when it is done
 */
export async function describePrevalence(run: RunMaterial, generator: RandomGenerator, onFacet: (done: number, total: number) => Promise<void>): Promise<FacetData[]> {
  const facets = findFacets(run.documents.flatMap(({ facts }) => facts));
  const described: FacetData[] = [byLanguage(run, generator.fork('language'))];
  await onFacet(1, facets.length + 1);
  for (const facet of facets) {
    const series = run.documents.map((documents, language) => seriesOf(facet, documents, language, generator.fork(`${facet.name} ${language}`)));
    described.push({ name: facet.name, kind: facet.kind, groups: facet.groups, series });
    await onFacet(described.length, facets.length + 1);
  }
  return described;
}

function byLanguage({ languages, documents }: RunMaterial, generator: RandomGenerator): FacetData {
  const groups = documents.map(({ proportions }) => bootstrapMeans(proportions, Int32Array.from({ length: proportions.rows }, (_, row) => row), generator));
  return {
    name: 'language',
    kind: 'language',
    groups: languages.map((language) => describeLanguage(language).name),
    series: [toSeries(null, documents.map(({ proportions }) => proportions.rows), groups, documents[0]!.proportions.columns)],
  };
}

function seriesOf(facet: Facet, { proportions, facts }: LanguageDocuments, language: number, generator: RandomGenerator): PrevalenceSeries {
  const members = facet.groups.map((): number[] => []);
  facts.forEach((document, row) => members[facet.groupOf(document)]?.push(row));
  const groups = members.map((rows) => (rows.length === 0 ? undefined : groupMeans(proportions, rows, generator)));
  return toSeries(language, members.map(({ length }) => length), groups, proportions.columns);
}

function groupMeans(proportions: DenseMatrix, rows: readonly number[], generator: RandomGenerator): BootstrapMeans {
  return bootstrapMeans(proportions, Int32Array.from(rows), generator);
}

function toSeries(language: number | null, documents: readonly number[], groups: readonly (BootstrapMeans | undefined)[], topics: number): PrevalenceSeries {
  const table = (part: keyof BootstrapMeans): (number | null)[][] =>
    Array.from({ length: topics }, (_, topic) => groups.map((group) => (group === undefined ? null : significant(group[part][topic]!, 3))));
  return { language, documents, mean: table('mean'), low: table('low'), high: table('high') };
}

/**
 * Whether inference normalised each language by its own statistics, which takes away what the languages differ in: each
 * topic then has about the same share everywhere, whatever the documents are about.
 */
export function isPrevalenceLevelled({ settings }: Pick<RunConfig, 'settings'>): boolean {
  return settings.modelOptions?.['normalisation'] === 'per-language';
}
