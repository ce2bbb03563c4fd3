import { readFile } from 'node:fs/promises';
import { type Corpus, DataFormatError, EmptyCorpusError, MissingFileError } from '@xtm/contracts';
import {
  type Dictionary,
  dictionaryCoverage,
  type DictionaryCoverage,
  loadStemmer,
  readDictionary,
  type Stemmer,
  wordNormaliser,
} from '@xtm/data';
import { type LanguagePair, scriptTest } from '../lists/languages';
import { decodeWords, guessEncoding, type PairLines, parsePairLines } from '../lists/word-files';
import { detectFormat } from '../published/convert-dictionary';
import {
  type DictionaryCheck,
  type Finding,
  findProblems,
  formatFinding,
  type VocabularyMatch,
} from './find-problems';
import { inspectSides, orderByScript, type WordOrder } from './inspect-lines';

/** What a dictionary is checked against. */
export interface DictionaryToCheck {
  readonly file: string;
  /** BCP-47 codes of its languages, the first and the second of `prepare` and `run`. */
  readonly languages: LanguagePair;
  /** The corpus that it is for, whose languages are found by their codes. Without one the file alone is looked at. */
  readonly corpus?: Corpus;
}

/**
 * Looks at a word list and says what is wrong with it: another format or encoding, words in the wrong order, form or
 * script, lines that are no pairs, and, for a corpus, how little it reaches.
 *
 * @throws MissingFileError
 */
export async function checkDictionary({ file, languages, corpus }: DictionaryToCheck): Promise<DictionaryCheck> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new MissingFileError(file, 'the dictionary', { cause });
  });
  const content = readText(bytes, file, languages);
  if ('finding' in content) return unreadable(file, languages, content.finding);
  const lines = parsePairLines(content.text.split(/\r?\n/));
  const format = detectFormat(content.text);
  const vocabularies = corpus === undefined ? undefined : await matchVocabularies(file, lines, languages, corpus);
  const byScript = orderByScript(lines, languages);
  const order = vocabularies?.order ?? (byScript.certain ? byScript.order : undefined);
  const facts = {
    file,
    languages,
    lines: lines.lines,
    malformed: lines.malformed,
    ...countPairs(lines, languages, order),
    order,
    garbled: content.text.split('\n').filter((line) => GARBLED.test(line)).length,
    sides: inspectSides(lines, languages, order ?? byScript.order),
    ...(vocabularies && { vocabularies: vocabularies.match }),
  };
  const findings = findProblems(facts, format);
  return { ...facts, findings, verdict: verdictOf(findings) };
}

/** A lost character, or UTF-8 that was read as Windows-1252 and saved again. */
const GARBLED = /\ufffd|[ÂÃ][\u0080-\u00bf]|â€|ã[\u0080-\u00bf]/;

function readText(
  bytes: Uint8Array,
  file: string,
  languages: LanguagePair,
): { readonly text: string } | { readonly finding: Finding } {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b)
    return {
      finding: {
        code: 'packed',
        level: 'unusable',
        message: 'It is a gzip file.',
        advice: 'Unpack it, or read it as a published dictionary with "xtm dictionary from".',
      },
    };
  try {
    return { text: decodeWords(bytes, file).text };
  } catch (error) {
    if (!(error instanceof DataFormatError)) throw error;
    return { finding: encodingFinding(bytes, file, languages, error.place.line ?? 1) };
  }
}

function encodingFinding(bytes: Uint8Array, file: string, languages: LanguagePair, line: number): Finding {
  const tests = languages.map(scriptTest);
  const guess = guessEncoding(bytes, (word) => tests.some((fits) => fits(word)));
  if (guess === undefined)
    return {
      code: 'encoding',
      level: 'unusable',
      message: `It is no text in UTF-8: line ${line} is not.`,
      advice: 'Save it as UTF-8.',
    };
  const format = detectFormat(decodeWords(bytes, file, [guess]).text);
  if (format !== 'table') return formatFinding(file, format);
  const name = guess.toUpperCase();
  return {
    code: 'encoding',
    level: 'unusable',
    message: `It is no text in UTF-8: line ${line} is not. It may be in ${name}.`,
    advice: `Save it as UTF-8: iconv -f ${name} -t UTF-8 ${file} > dictionary.txt`,
  };
}

function unreadable(file: string, languages: LanguagePair, finding: Finding): DictionaryCheck {
  return {
    file,
    languages,
    lines: 0,
    pairs: 0,
    malformed: 0,
    repeated: 0,
    order: undefined,
    garbled: 0,
    findings: [finding],
    verdict: 'unusable',
  };
}

function verdictOf(findings: readonly Finding[]): DictionaryCheck['verdict'] {
  if (findings.some(({ level }) => level === 'unusable')) return 'unusable';
  return findings.some(({ level }) => level === 'doubtful') ? 'doubtful' : 'good';
}

function countPairs(
  { pairs }: PairLines,
  languages: LanguagePair,
  order: WordOrder | undefined,
): Pick<DictionaryCheck, 'pairs' | 'repeated'> {
  const [left, right] = order === 'first first' ? languages : [languages[1], languages[0]];
  const [leftForm, rightForm] = [wordNormaliser(left), wordNormaliser(right)];
  const different = new Set(pairs.map((pair) => `${leftForm(pair[0])}\t${rightForm(pair[1])}`));
  return { pairs: different.size, repeated: pairs.length - different.size };
}

async function matchVocabularies(
  file: string,
  lines: PairLines,
  languages: LanguagePair,
  corpus: Corpus,
): Promise<{ readonly match: VocabularyMatch; readonly order: WordOrder | undefined }> {
  const places = [0, 1] as const;
  const own = languages.map((code) =>
    corpus.languages.findIndex(({ language }) => language.code === code),
  ) as unknown as readonly [number, number];
  const vocabularies = own.map((index) => corpus.languages[index]!.vocabulary) as unknown as readonly [
    readonly string[],
    readonly string[],
  ];
  const read = async (stems?: readonly [Stemmer | undefined, Stemmer | undefined]): Promise<Dictionary | undefined> =>
    readDictionary(file, vocabularies, { languages: own, codes: languages, ...(stems && { stems }) }).catch(
      (error: unknown) => {
        if (error instanceof EmptyCorpusError) return undefined;
        throw error;
      },
    );
  const reach = (
    dictionary: Dictionary | undefined,
  ): { readonly pairs: number; readonly coverage: readonly [DictionaryCoverage, DictionaryCoverage] } => {
    const coverage = dictionaryCoverage({ ...corpus, dictionary: dictionary?.pairs });
    return { pairs: dictionary?.report.pairs ?? 0, coverage: [coverage[own[0]]!, coverage[own[1]]!] };
  };
  const found = await read();
  const stems = [await loadStemmer(languages[0]), await loadStemmer(languages[1])] as const;
  const order = found === undefined ? undefined : found.report.reversed === true ? 'first first' : 'second first';
  return {
    order,
    match: {
      ...reach(found),
      onlyNormalised:
        order === undefined
          ? 0
          : countNormalised(
              lines,
              order,
              places.map((place) => new Set(vocabularies[place])),
              languages,
            ),
      ...(stems.some((stem) => stem !== undefined) && { withStems: reach(await read(stems)) }),
    },
  };
}

function countNormalised(
  { pairs }: PairLines,
  order: WordOrder,
  vocabularies: readonly ReadonlySet<string>[],
  languages: LanguagePair,
): number {
  const sides = order === 'second first' ? [1, 0] : [0, 1];
  const forms = languages.map((code) => wordNormaliser(code));
  return pairs.filter((pair) => {
    const words = sides.map((side) => pair[side]!);
    const exact = words.every((word, index) => vocabularies[index]!.has(word));
    return (
      !exact &&
      words.every((word, index) => vocabularies[index]!.has(word) || vocabularies[index]!.has(forms[index]!(word)))
    );
  }).length;
}
