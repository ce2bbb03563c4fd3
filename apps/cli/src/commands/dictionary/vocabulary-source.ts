import { existsSync, statSync } from 'node:fs';
import { type Corpus, InvalidOptionError, type RunOptions } from '@xtm/contracts';
import {
  dictionaryCoverage,
  loadDataset,
  parseLanguages,
  prepareCorpus,
  type PrepareOptions,
  readDictionary,
  readPrepareOptions,
  wordCounts,
} from '@xtm/data';
import { type Translation, type WordList, WordListBuilder } from '@xtm/dictionary';
import { readProjectFile } from '../../settings/project-file';
import { formatTable } from '../../terminal/table';
import { pastablePath, type Terminal } from '../../terminal/terminal';
import { listFile, type ListFlags, writeList } from './list-output';

/** Texts whose words are to be translated, and what their project says of dictionaries. */
export interface VocabularySource {
  /** Without a dictionary. */
  readonly corpus: Corpus;
  readonly languages: readonly [string, string];
  readonly vocabularies: readonly [readonly string[], readonly string[]];
  /** The dictionary that the project names, whether or not it is there yet. */
  readonly dictionary?: string;
  /** The project's settings of a run; empty for a dataset folder. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The project file, if it is one. */
  readonly project?: string;
}

/** What the commands that make a dictionary of a corpus' own words take as argument. */
export const VOCABULARY_ARGUMENT = [
  '<texts>',
  'project file that "xtm init" wrote, corpus file in JSON, or dataset folder',
] as const;

/**
 * The vocabularies as "xtm prepare" would make them of a project's texts, or those of a dataset folder.
 *
 * @throws InvalidOptionError where the project has not two languages, and what preparing and loading throw
 */
export async function readVocabularies(
  place: string,
  languages: string | undefined,
  run: RunOptions,
): Promise<VocabularySource> {
  const source =
    statSync(place, { throwIfNoEntry: false })?.isDirectory() === true
      ? await fromDataset(place, languages)
      : await fromProject(place, run);
  const [first, second, ...others] = source.corpus.languages;
  if (first === undefined || second === undefined || others.length > 0)
    throw new InvalidOptionError(
      'languages',
      languages,
      `a dictionary is of two languages, ${place} has ${source.corpus.languages.length}`,
    );
  return {
    ...source,
    languages: [first.language.code, second.language.code],
    vocabularies: [first.vocabulary, second.vocabulary],
  };
}

type Texts = Omit<VocabularySource, 'languages' | 'vocabularies'>;

async function fromDataset(folder: string, languages: string | undefined): Promise<Texts> {
  const {
    corpus: { dictionary: _dictionary, ...corpus },
  } = await loadDataset(folder, {
    texts: false,
    ...(languages !== undefined && { languages: parseLanguages(languages) }),
  });
  return { corpus, settings: {} };
}

async function fromProject(file: string, run: RunOptions): Promise<Texts> {
  const isYaml = /\.ya?ml$/i.test(file);
  const project = isYaml ? readProjectFile(file) : undefined;
  const options = project === undefined ? await readPrepareOptions(file) : project.prepareOptions();
  if (options === undefined)
    throw new InvalidOptionError('prepare', undefined, `${file} has no section "prepare"`, {
      advice: '"xtm init" writes one.',
    });
  const { dictionary, ...texts } = options;
  const { corpus } = await prepareCorpus(texts as PrepareOptions, run);
  return {
    corpus,
    settings: project?.run ?? {},
    ...(dictionary !== undefined && { dictionary }),
    ...(isYaml && { project: file }),
  };
}

/** Each vocabulary's words, the most frequent first. */
export function byFrequency({
  corpus,
  vocabularies,
}: VocabularySource): readonly [readonly string[], readonly string[]] {
  const sorted = vocabularies.map((words, index) => {
    const counts = wordCounts(corpus.languages[index]!.train.rows);
    return [...words.keys()].sort((a, b) => counts[b]! - counts[a]! || a - b).map((word) => words[word]!);
  });
  return [sorted[0]!, sorted[1]!];
}

/** The pairs of a dictionary file whose words are in the vocabularies; undefined without a file. */
export async function readKnown(
  file: string | undefined,
  { languages, vocabularies }: VocabularySource,
): Promise<WordList | undefined> {
  if (file === undefined) return undefined;
  const { pairs } = await readDictionary(file, vocabularies, { codes: languages });
  return {
    languages,
    translations: Array.from(pairs.first, (first, pair) => ({
      first: vocabularies[0][first]!,
      second: vocabularies[1][pairs.second[pair]!]!,
    })),
  };
}

/** Where the result goes, and which dictionary is known already. */
export interface DictionaryPlaces {
  readonly out: string;
  readonly known?: string;
}

/**
 * The file that was asked for; else the one that the project names, if it is not there yet; else one by the languages.
 * What the project names and is there is the known dictionary, unless another is.
 *
 * @throws InvalidOptionError for a file that is there already and may not be replaced
 */
export function choosePlaces(
  { languages, dictionary }: VocabularySource,
  flags: ListFlags & { readonly known?: string },
): DictionaryPlaces {
  const isThere = dictionary !== undefined && existsSync(dictionary);
  const named = flags.out ?? (dictionary !== undefined && !isThere ? dictionary : undefined);
  const known = flags.known ?? (isThere ? dictionary : undefined);
  const out = listFile(languages, { ...(named !== undefined && { out: named }), replace: flags.replace });
  return { out, ...(known !== undefined && { known }) };
}

/** One list of two; the pairs of the first stand first. */
export function joinLists(first: WordList, others: readonly Translation[]): WordList {
  const builder = new WordListBuilder(first.languages);
  for (const translation of [...first.translations, ...others]) builder.add(translation);
  return builder.build();
}

/** Writes the list and tells how much of the texts it reaches. */
export async function writeWordList(
  file: string,
  list: WordList,
  { corpus, languages, vocabularies }: VocabularySource,
) {
  writeList(file, list);
  if (list.translations.length === 0)
    return { pairs: 0, coverage: languages.map((code) => ({ code, vocabularyShare: 0, runningShare: 0 })) };
  const { pairs } = await readDictionary(file, vocabularies, { codes: languages });
  const coverage = dictionaryCoverage({ ...corpus, dictionary: pairs });
  return {
    pairs: pairs.first.length,
    coverage: languages.map((code, index) => ({
      code,
      vocabularyShare: coverage[index]!.vocabularyShare,
      runningShare: coverage[index]!.runningShare,
    })),
  };
}

export type WrittenList = Awaited<ReturnType<typeof writeWordList>>;

/** Coverage as a table. */
export function formatCoverage({ coverage }: WrittenList, terminal: Terminal): string {
  const columns = [
    { title: 'language' },
    { title: 'words with a translation', align: 'right' as const },
    { title: 'of running words', align: 'right' as const },
  ];
  return formatTable(
    columns,
    coverage.map(({ code, vocabularyShare, runningShare }) => [
      code,
      formatShare(vocabularyShare),
      formatShare(runningShare),
    ]),
    terminal,
  );
}

export function formatShare(share: number): string {
  return `${(100 * share).toFixed(0)}%`;
}

/** Some pairs, the surest first and then ever less sure ones, for a look at what was found. */
export function samplePairs({ translations }: WordList, count = 12): string {
  const step = Math.max(1, Math.floor(translations.length / count));
  return translations
    .filter((_, index) => index % step === 0)
    .slice(0, count)
    .map(({ first, second }) => `${first} ${second}`)
    .join(', ');
}

/** What to do with the result, to be pasted. */
export function nextCommand({ project, dictionary }: VocabularySource, place: string, out: string): string {
  if (project === undefined) return `xtm run --dataset ${pastablePath(place)} --dictionary ${pastablePath(out)}`;
  return dictionary === out
    ? `xtm prepare ${pastablePath(project)}`
    : `xtm prepare ${pastablePath(project)} --dictionary ${pastablePath(out)}`;
}
