import type { CommonWords, DatasetFacts } from '@xtm/data';
import { formatTable, right, type TextStyle } from './table';

/**
 * The sizes of a dataset, the words that were too common, and how far its dictionary reaches; the option that puts
 * words back is in backquotes.
 */
export function formatDataset({ languages, dictionaryPairs }: DatasetFacts, style?: TextStyle): string {
  const columns = [{ title: 'language' }, ...['words', 'training documents', 'test documents'].map(right)];
  const rows = languages.map(({ code, words, trainDocuments, testDocuments }) => [
    code,
    ...[words, trainDocuments, testDocuments].map(String),
  ]);
  const common = languages.flatMap(({ code, tooCommon, trainDocuments }) =>
    tooCommon === undefined || tooCommon.count === 0 ? [] : [formatCommonWords(code, tooCommon, trainDocuments)],
  );
  const reached = languages.map(
    ({ code, dictionaryCoverage: { runningShare, vocabularyShare } }) =>
      `${code} ${formatShare(vocabularyShare)} of words, ${formatShare(runningShare)} of running words`,
  );
  return [
    `${formatTable(columns, rows, style)}\n`,
    ...common.map((line) => `${line}\n`),
    `Dictionary pairs: ${dictionaryPairs}`,
    ...(dictionaryPairs > 0 ? [`They reach:       ${reached.join('; ')}`] : []),
  ].join('\n');
}

function formatCommonWords(
  code: string,
  { count, words, maxDocumentFrequency }: CommonWords,
  documents: number,
): string {
  const shown = words.map(({ word, documents: frequency }) => `${word} (${frequency} of ${documents})`).join(', ');
  const more = count > words.length ? ` and ${count - words.length} more` : '';
  return `Dropped in ${code}, being in more than ${formatShare(maxDocumentFrequency)} of documents: ` +
    `${shown}${more}. \`keepWords\` puts words back.`;
}

function formatShare(share: number): string {
  return `${Math.round(share * 100)}%`;
}
