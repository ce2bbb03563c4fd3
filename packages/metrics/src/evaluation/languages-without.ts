import type { EvaluatedLanguage, EvaluationInput } from './evaluation-input';

/** Codes of the languages that lack something, as a list for people; undefined if none does. */
export function languagesWithout({ languages }: EvaluationInput, has: (language: EvaluatedLanguage) => boolean): string | undefined {
  const lacking = languages.filter((language) => !has(language)).map(({ language }) => language.code);
  return lacking.length === 0 ? undefined : new Intl.ListFormat('en').format(lacking);
}

/** Whether a matrix [documents, …] is there and not empty. */
export function hasDocuments(matrix: { readonly rows: number } | undefined): boolean {
  return matrix !== undefined && matrix.rows > 0;
}
