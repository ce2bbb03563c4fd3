import type { MeasureName } from './measure';

const TITLES: Readonly<Record<MeasureName, string>> = {
  cnpmi: 'CNPMI',
  topicUniqueness: 'topic uniqueness',
  topicQuality: 'topic quality',
  npmi: 'held-out NPMI',
  topicDiversity: 'topic diversity',
  inverseRankBiasedOverlap: 'inverse rank-biased overlap',
  dictionaryAgreement: 'dictionary agreement',
  embeddingAlignment: 'embedding alignment',
  perplexity: 'perplexity',
  classification: 'classification',
  purity: 'purity',
  normalisedMutualInformation: 'normalised mutual information',
  languageBalance: 'language balance',
  llmRatings: 'LLM ratings',
};

/** What people call a measure. */
export function measureTitle(measure: MeasureName): string {
  return TITLES[measure];
}

/** A figure's measure, and what of it: `classification/linear/en-I/accuracy` is the classification of `linear en-I accuracy`. */
export function splitFigureName(name: string): readonly [measure: string, of: string] {
  const [measure, ...parts] = name.split('/');
  return [measureTitle(measure as MeasureName), parts.join(' ')];
}

/** The same in one phrase, for tables that need the room. */
export function figureTitle(name: string): string {
  return splitFigureName(name).filter((part) => part !== '').join(' ');
}

/** Three decimals, one from 100 on; "none" for a value that does not exist. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'none';
  return value.toFixed(Math.abs(value) < 100 ? 3 : 1);
}
