import type { WordTableData } from '../../contract/word-table-data';

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
      return place < 0 ? [] : [{ language, at, place: Math.min(place, 1), extra: word.length === wanted.length ? 0 : 1, probability: table.probabilities[at]! }];
    }));
  return found
    .sort((a, b) => a.place - b.place || a.extra - b.extra || b.probability - a.probability)
    .slice(0, count)
    .map(({ language, at }) => describeWord(tables[language]!, language, at));
}

function describeWord({ words, topics, shares, topicsPerWord }: WordTableData, language: number, at: number): FoundWord {
  const start = at * topicsPerWord;
  return {
    language,
    word: words[at]!,
    topics: topics.slice(start, start + topicsPerWord).map((topic, rank) => ({ topic, percent: shares[start + rank]! })),
  };
}
