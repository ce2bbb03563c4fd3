import {
  figuresOf,
  isFloorFigure,
  mean,
  type MetricSubject,
  splitFigureName,
  subjectOf,
  type TopicEvaluation,
} from '@xtm/metrics';

/** A figure, and what chance gives where that is known. */
export interface EvaluationCell {
  readonly value: number;
  readonly floor?: number;
}

/** One figure: of all languages, and of each. */
export interface EvaluationRow {
  readonly title: string;
  readonly all?: EvaluationCell;
  readonly languages: readonly (EvaluationCell | undefined)[];
}

/** Figures that belong together. */
export interface EvaluationGroup {
  readonly title: string;
  readonly rows: readonly EvaluationRow[];
}

/** Titles of groups by what their figures look at, in the order of the table. */
const GROUPS: readonly (readonly [title: string, ...subjects: readonly MetricSubject[]])[] = [
  ['do topics describe the documents?', 'proportions', 'documents'],
  ['labels told by a classifier', 'classifiers'],
  ['lists of words', 'words'],
];

/** Titles of rows by their keys; others are called as their measures are. */
const TITLES: Readonly<Record<string, string>> = {
  'topicShares/effective': 'effective topics',
  'topicShares/largest': 'largest mean share',
  'topicShares/largestMainTopic': 'largest main topic',
  'coverageGain/coverage': 'coverage',
  'mateRetrieval/reciprocalRank': 'mate retrieval, reciprocal rank',
  'mateRetrieval/precisionAt1': 'mate retrieval, first',
  'mateRetrieval/precisionAt10': 'mate retrieval, first ten',
};

/**
 * The figures of an evaluation as a reader wants them: languages side by side, floors beside what they are floors of.
 */
export function groupFigures(evaluation: TopicEvaluation): EvaluationGroup[] {
  const rows = [...collectRows(evaluation)];
  return GROUPS.map(([title, ...subjects]) => ({
    title,
    rows: subjects
      .flatMap((subject) => rows.filter(([key]) => subjectOf(key) === subject))
      .map(([key, draft]) => finishRow(key, draft, evaluation)),
  })).filter((group) => group.rows.length > 0);
}

/** Values and floors by their place: −1 for all languages together, else the language's position. */
interface RowDraft {
  readonly values: Map<number, number>;
  readonly floors: Map<number, number>;
}

function collectRows(evaluation: TopicEvaluation): Map<string, RowDraft> {
  const rows = new Map<string, RowDraft>();
  const rowOf = (key: string): RowDraft => {
    const row = rows.get(key) ?? { values: new Map<number, number>(), floors: new Map<number, number>() };
    rows.set(key, row);
    return row;
  };
  evaluation.measures.coverageGain?.perLanguage.forEach(({ value, floor }, language) => {
    rowOf('coverageGain/coverage').values.set(language, value);
    rowOf('coverageGain/coverage').floors.set(language, floor);
  });
  for (const { name, value } of figuresOf(evaluation)) {
    const { key, language } = placeOf(name, evaluation.languages);
    // Of the gain the floor is taken off already.
    if (isFloorFigure(name) && key === 'coverageGain') continue;
    rowOf(key)[isFloorFigure(name) ? 'floors' : 'values'].set(language, value);
  }
  return rows;
}

/**
 * `linear/en-C-fr/accuracy` of a classification: classifier, tested language, within or across, trained language,
 * score.
 */
const CELL = /^classification\/([^/]+)\/(.+?)-(I|C)(?:-(.+))?\/(.+)$/;

function placeOf(name: string, languages: readonly string[]): { readonly key: string; readonly language: number } {
  const [, classifier, tested, kind, trained, score] = CELL.exec(name) ?? [];
  if (tested !== undefined) {
    const from = kind === 'I' ? 'same language' : trained === undefined ? 'other language' : `from ${trained}`;
    return {
      key: `classification/${classifier}, ${from}, ${score === 'macroF1' ? 'macro-F1' : score}`,
      language: languages.indexOf(tested),
    };
  }
  if (name === 'mateRetrieval') return { key: 'mateRetrieval/reciprocalRank', language: -1 };
  const parts = name.split('/').filter((part) => part !== 'floor');
  const language = parts.length > 1 ? languages.indexOf(parts.at(-1)!) : -1;
  return { key: (language < 0 ? parts : parts.slice(0, -1)).join('/'), language };
}

function finishRow(
  key: string,
  { values, floors }: RowDraft,
  { languages, numTopics }: TopicEvaluation,
): EvaluationRow {
  const cell = (place: number, floor: number | undefined): EvaluationCell | undefined => {
    const value = values.get(place);
    return value === undefined ? undefined : { value, ...(floor !== undefined && { floor }) };
  };
  const floorOfAll = floors.get(-1) ?? (floors.size > 0 ? mean([...floors.values()]) : undefined);
  const [measure, of] = splitFigureName(key);
  const title =
    TITLES[key] ?? (key.startsWith('classification/') ? of : [measure, of].filter((part) => part !== '').join(', '));
  const all = cell(-1, floorOfAll);
  return {
    title: key === 'topicShares/effective' ? `${title} of ${numTopics}` : title,
    ...(all !== undefined && { all }),
    languages: languages.map((_, language) => cell(language, floors.get(language) ?? floors.get(-1))),
  };
}
