import { InvalidOptionError } from '@xtm/contracts';
import { wordNormaliser } from '@xtm/data';
import type { PairLines } from '../lists/pair-lines';
import { scriptFit, scriptShare } from '../lists/scripts';

/** A word list of which it is known which side the middle language's words are on. */
export interface Bridge {
  /** Pairs of an outer word and a middle one, each once, in the form in which a tokenizer would write them. */
  readonly pairs: readonly (readonly [outer: string, middle: string])[];
}

/** Languages that two word lists are joined over, as BCP-47 codes. */
export interface PivotLanguages {
  readonly outer: readonly [string, string];
  readonly middle: string;
}

/** Position of the middle language's column in each of two files: 0 or 1. */
type Middles = readonly [number, number];

/** So many times more words must two columns share than any other two to be taken for those of the middle language. */
const CLEARLY_MORE = 1.5;

/**
 * Finds out which column of two files holds what: the two columns that share most words are those of the middle
 * language. Where the other columns' scripts say that the files are the other way round, they change places.
 *
 * @param stated the languages of each file's columns, where the user says so
 * @throws InvalidOptionError if it cannot be told
 */
export function arrangeColumns(files: readonly [PairLines, PairLines], languages: PivotLanguages, stated: readonly (readonly string[])[] = []): readonly [Bridge, Bridge] {
  const middles = stated.length > 0 ? statedMiddles(stated, languages) : sharedColumns(files, languages);
  const turned = stated.length > 0 ? statedOrder(stated, languages) : looksTurned(files, middles, languages);
  const order = turned ? ([1, 0] as const) : ([0, 1] as const);
  return [bridgeOf(files[order[0]], middles[order[0]]!, languages.outer[0], languages.middle), bridgeOf(files[order[1]], middles[order[1]]!, languages.outer[1], languages.middle)];
}

/** Japanese and Chinese differ by the kana alone, which some words have. */
const FIT_MARGIN = 0.05;

function looksTurned(files: readonly [PairLines, PairLines], middles: Middles, { outer }: PivotLanguages): boolean {
  const words = ([0, 1] as const).map((file) => sample(files[file].pairs.map((pair) => pair[1 - middles[file]]!)));
  const { asGiven, turned } = scriptFit([words[0]!, words[1]!], outer);
  return turned > asGiven + FIT_MARGIN;
}

function sharedColumns(files: readonly [PairLines, PairLines], { middle }: PivotLanguages): Middles {
  const normalise = wordNormaliser(middle);
  const columns = files.map(({ pairs }) => [0, 1].map((side) => new Set(pairs.map((pair) => normalise(pair[side]!)))));
  // Japanese and Chinese have many words in common too, but not in the script of the middle language.
  const written = columns.map((sides) => sides.map((words) => scriptShare(words, middle)));
  const sharedBy = (first: number, second: number): number => sharedShare(columns[0]![first]!, columns[1]![second]!) * Math.min(written[0]![first]!, written[1]![second]!);
  const choices = [0, 1].flatMap((first) => [0, 1].map((second) => ({ middles: [first, second] as const, shared: sharedBy(first, second) })));
  const [best, next] = choices.sort((a, b) => b.shared - a.shared) as [typeof choices[number], typeof choices[number]];
  if (best.shared > 0 && best.shared >= CLEARLY_MORE * next.shared) return best.middles;
  throw new InvalidOptionError('columns', undefined, best.shared === 0 ? `no column of the one file shares a word with a column of the other, so none of them is ${middle} in both` : `cannot tell which columns are ${middle}: several share about as many words`, {
    advice: 'Say what the columns are, once for each file: --columns ja,en --columns en,zh-Hans.',
  });
}

/** Share of the smaller column's words that the other one has. */
function sharedShare(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  let shared = 0;
  for (const word of small) if (large.has(word)) shared += 1;
  return small.size === 0 ? 0 : shared / small.size;
}

function statedMiddles(stated: readonly (readonly string[])[], { outer, middle }: PivotLanguages): Middles {
  const places = stated.map((columns) => columns.indexOf(middle));
  const known = stated.every((columns) => columns.length === 2 && columns.every((code) => code === middle || outer.includes(code)));
  if (stated.length === 2 && known && places.every((place) => place >= 0)) return [places[0]!, places[1]!];
  throw new InvalidOptionError('columns', stated.map((columns) => columns.join(',')), `must be given for both files, ${middle} and one of ${outer.join(' and ')} each`, {
    advice: `For example --columns ${outer[0]},${middle} --columns ${middle},${outer[1]}.`,
  });
}

/** Whether the first file is of the second language. */
function statedOrder(stated: readonly (readonly string[])[], { outer }: PivotLanguages): boolean {
  return stated[0]!.includes(outer[1]) && stated[1]!.includes(outer[0]);
}

function bridgeOf({ pairs }: PairLines, middleSide: number, outerCode: string, middleCode: string): Bridge {
  const [outerForm, middleForm] = [wordNormaliser(outerCode), wordNormaliser(middleCode)];
  const seen = new Map<string, readonly [string, string]>();
  for (const pair of pairs) {
    const [outer, middle] = [outerForm(pair[1 - middleSide]!), middleForm(pair[middleSide]!)];
    if (outer !== '' && middle !== '') seen.set(`${outer}\t${middle}`, [outer, middle]);
  }
  return { pairs: [...seen.values()] };
}

/** Enough to tell a script by. */
function sample(words: readonly string[]): readonly string[] {
  const step = Math.max(1, Math.floor(words.length / 2_000));
  return words.filter((_, index) => index % step === 0);
}
