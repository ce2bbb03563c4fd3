import type { RunReportData } from '../contract/run-data';
import type { TopicWordsData, WordTableData } from '../contract/topic-data';
import { wordScore } from '../contract/word-order';

/** A topic's number and what it is called: its name, its theme, or its first words. */
export function topicLabel(data: RunReportData, position: number): string {
  const topic = data.topics[position]!;
  return `${topic.index} · ${topic.name ?? topic.theme ?? topWordsOf(data, position, 0, 3).join(', ')}`;
}

/** The topic's first words of a language, as the run ranks them. */
export function topWordsOf(
  { topics, words }: RunReportData,
  position: number,
  language: number,
  count: number,
): string[] {
  return topics[position]!.words[language]!.words.slice(0, count).map((word) => words[language]!.words[word]!);
}

/** Mean share of the topic over the languages. */
export function topicWeight({ topics }: RunReportData, position: number): number {
  const { weights } = topics[position]!;
  return weights.reduce((a, b) => a + b, 0) / weights.length;
}

/** A topic's word as it is shown. */
export interface RankedWord {
  readonly word: string;
  /** p(w | t). */
  readonly probability: number;
  /** Mean of p(w | t) over the topics. */
  readonly mean: number;
}

/**
 * A topic's first words, for some setting of the slider; equal ones stay in the order of the run.
 *
 * @param emphasis in [−1, 1] as `wordScore` has it; null for the order of the run itself
 */
export function rankWords(
  { words, probabilities, means }: TopicWordsData,
  table: WordTableData,
  emphasis: number | null,
  count: number,
): RankedWord[] {
  const ranked = words.map((word, at) => ({
    word: table.words[word]!,
    probability: probabilities[at]!,
    mean: means[at]!,
  }));
  if (emphasis === null) return ranked.slice(0, count);
  return ranked
    .map((word) => ({ word, score: wordScore(word.probability, word.mean, emphasis) }))
    .sort((a, b) => (a.score === b.score ? 0 : b.score - a.score))
    .slice(0, count)
    .map(({ word }) => word);
}

/** A word that was found, with the topics to which it belongs most. */
export interface FoundWord {
  readonly language: number;
  readonly word: string;
  readonly topics: readonly { readonly topic: number; readonly percent: number }[];
}

/** Words with the query at their beginning, then those with it elsewhere; exact matches first, then by probability. */
export function searchWords(tables: readonly WordTableData[], query: string, count: number): FoundWord[] {
  const wanted = query.trim().normalize('NFKC').toLowerCase();
  if (wanted === '') return [];
  const found = tables.flatMap((table, language) =>
    table.words.slice(0, table.searchable).flatMap((word, at) => {
      const place = word.toLowerCase().indexOf(wanted);
      return place < 0
        ? []
        : [
            {
              language,
              at,
              place: Math.min(place, 1),
              extra: word.length === wanted.length ? 0 : 1,
              probability: table.probabilities[at]!,
            },
          ];
    }),
  );
  return found
    .sort((a, b) => a.place - b.place || a.extra - b.extra || b.probability - a.probability)
    .slice(0, count)
    .map(({ language, at }) => describeWord(tables[language]!, language, at));
}

function describeWord(
  { words, topics, shares, topicsPerWord }: WordTableData,
  language: number,
  at: number,
): FoundWord {
  const start = at * topicsPerWord;
  return {
    language,
    word: words[at]!,
    topics: topics
      .slice(start, start + topicsPerWord)
      .map((topic, rank) => ({ topic, percent: shares[start + rank]! })),
  };
}

/** A piece of a text. */
interface TextPiece {
  readonly text: string;
  readonly isMarked: boolean;
}

/**
 * Cuts a text where some words occur in it as whole words, longest ones first.
 *
 * @param code language of the text, BCP-47, which says where words end
 */
export function highlightWords(text: string, words: readonly string[], code: string): TextPiece[] {
  const wanted = [...new Set(words.filter((word) => word !== ''))].sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return [{ text, isMarked: false }];
  const boundaries = wordBoundaries(text, code);
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const { index, 0: word } of text.matchAll(new RegExp(wanted.map(escapePattern).join('|'), 'giu'))) {
    if (!boundaries.has(index) || !boundaries.has(index + word.length)) continue;
    if (index > end) pieces.push({ text: text.slice(end, index), isMarked: false });
    pieces.push({ text: word, isMarked: true });
    end = index + word.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isMarked: false });
  return pieces;
}

function wordBoundaries(text: string, code: string): ReadonlySet<number> {
  const segments = [...new Intl.Segmenter(code, { granularity: 'word' }).segment(text)];
  return new Set([...segments.map(({ index }) => index), text.length]);
}

function escapePattern(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
