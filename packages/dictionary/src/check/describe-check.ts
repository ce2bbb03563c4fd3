import { type Fact, type FactTable, percent } from '../describe-lists';
import type { LanguagePair } from '../lists/languages';
import type { DictionaryCheck, Finding, VocabularyMatch } from './find-problems';

const VERDICTS: Readonly<Record<DictionaryCheck['verdict'], string>> = {
  good: 'good',
  doubtful: 'doubtful: it may not be what you mean',
  unusable: 'unusable as it is',
};

const MARKS: Readonly<Record<Finding['level'], string>> = { unusable: 'wrong', doubtful: 'doubtful', hint: 'note' };

/** A check of a dictionary for people to read. */
export interface DescribedCheck {
  readonly facts: readonly Fact[];
  /** What a dataset's vocabularies find in it, where it was checked for one. */
  readonly match?: FactTable;
  /** What is wrong with it and what to do, a line each, the worst first; names of options in backquotes. */
  readonly findings: readonly string[];
  readonly verdict: string;
}

/** What was read, what was found, and what the dictionary is worth. */
export function describeCheck(result: DictionaryCheck): DescribedCheck {
  const { file, languages, lines, pairs, malformed, repeated, order, vocabularies, findings, verdict } = result;
  const facts: Fact[] = [
    ['Dictionary', file],
    [
      'Read',
      `${pairs} different pairs in ${lines} lines; ${malformed} lines are no pair of words, ${repeated} repeat one`,
    ],
  ];
  if (order !== undefined)
    facts.push(['Order', `the ${languages[order === 'second first' ? 1 : 0]} word comes first`]);
  if (vocabularies !== undefined) {
    const { onlyNormalised } = vocabularies;
    const other = onlyNormalised > 0 ? `, ${onlyNormalised} of them only in lower case or NFKC form` : '';
    facts.push(['Found', `${vocabularies.pairs} pairs of words of both vocabularies${other}`]);
  }
  return {
    facts,
    ...(vocabularies && { match: tabulateMatch(languages, vocabularies) }),
    findings: findings.map(({ level, message, advice = '' }) => `${MARKS[level]}: ${message} ${advice}`.trimEnd()),
    verdict: VERDICTS[verdict],
  };
}

function tabulateMatch(languages: LanguagePair, { coverage, withStems }: VocabularyMatch): FactTable {
  return {
    titles: [
      'language',
      'words with a partner',
      'of the vocabulary',
      'of running words',
      ...(withStems ? ['with `matchStems`'] : []),
    ],
    rows: languages.map((code, index) => {
      const { words, vocabularyShare, runningShare } = coverage[index]!;
      const stems = withStems ? [percent(withStems.coverage[index]!.runningShare)] : [];
      return [code, String(words), percent(vocabularyShare), percent(runningShare), ...stems];
    }),
  };
}
