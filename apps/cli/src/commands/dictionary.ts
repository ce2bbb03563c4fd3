import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { DataFormatError, InvalidOptionError, type Corpus, type Embedder, type RunOptions } from '@xtm/contracts';
import { findLanguage, loadDataset, parseLanguages, prepareCorpus, readPrepareOptions } from '@xtm/data';
import {
  checkDictionary,
  convertDictionary,
  corpusWords,
  describeCheck,
  describeConverted,
  describeEstimate,
  describeFetched,
  describeInduced,
  describeJoined,
  describeTranslated,
  estimateCorpusTranslation,
  fetchDictionary,
  induceFromCorpus,
  museCode,
  parseLanguagePair,
  pivotWordLists,
  readKnownPairs,
  readPairLines,
  readReach,
  tabulateReach,
  translateCorpus,
  writeWordList,
  type CorpusWords,
  type DictionaryCheck,
  type DictionaryReach,
  type Fact,
  type FactTable,
  type LanguagePair,
  type WordList,
} from '@xtm/dictionary';
import { createEmbedder, findEncoders, modelsFolder, readsTexts } from '@xtm/embedder';
import { cacheFolder, costOf, createChatModel, type ChatModelOptions } from '@xtm/llm';
import { refuseKeys, type SettingLayer } from '@xtm/pipeline';
import { formatFacts, formatSpending, formatTable, right } from '@xtm/report';
import { llmOptionsOfFlags } from '../settings/llm-flags';
import { readProjectFile } from '../settings/project-file';
import { withProgress } from '../terminal/progress-display';
import { note, pastablePath, print, printJson, shortPath, textStyle, type Terminal, withFlags } from '../terminal/terminal';
import {
  addDictionaryCommand,
  EXAMPLES,
  type CheckFlags,
  type DictionaryCommand,
  type FetchFlags,
  type FromFlags,
  type InduceFlags,
  type ListFlags,
  type OwnWordsFlags,
  type PivotFlags,
  type TranslateFlags,
} from './dictionary-flags';

const GOES_ON = 'the words asked about so far are kept, the same command with more goes on';

const FETCH_ENCODER =
  'Fetch one with "xtm models fetch multilingual-e5-small", or name one: --embedder NAME --embedder-option ' +
  'folder=FOLDER.';

export function registerDictionary(program: Command, terminal: Terminal): void {
  const dictionary = program
    .command('dictionary')
    .description('word lists of two languages: get, convert, join, make and check them')
    .addHelpText('after', EXAMPLES.dictionary);
  const add = (name: DictionaryCommand): Command => addDictionaryCommand(dictionary, name);
  add('fetch').action((languages: string, flags: FetchFlags) => fetchList(languages, flags, terminal));
  add('from').action((file: string, flags: FromFlags) => convert(file, flags, terminal));
  add('pivot').action((first: string, second: string, flags: PivotFlags) => pivot([first, second], flags, terminal));
  add('induce').action((place: string, flags: InduceFlags) => induce(place, flags, terminal));
  add('translate').action((place: string, flags: TranslateFlags) => translate(place, flags, terminal));
  add('check').action((file: string | undefined, flags: CheckFlags) => check(file, flags, terminal));
}

async function fetchList(text: string, flags: FetchFlags, terminal: Terminal): Promise<void> {
  const { out: _out, replace: _replace, json, folder, ...options } = flags;
  const languages = parseLanguagePair(text, (code) => museCode(code) !== undefined);
  const file = placeOf(languages, flags);
  const kept = folder ?? join(cacheFolder(terminal.environment), 'dictionaries');
  const fetched = await withProgress(terminal, (run) => fetchDictionary(languages, { ...options, folder: kept }, run));
  writeWordList(file, fetched.list);
  const asked = languages.map(museCode).join('-');
  if (fetched.pair !== asked) note(terminal, `There is no ${asked}; ${fetched.pair} is taken, the other way round.`);
  if (json) printList(file, fetched, { languages }, terminal);
  else printFacts(describeFetched({ ...fetched, file: shortPath(fetched.file) }), fetched.list, file, terminal);
}

async function convert(source: string, flags: FromFlags, terminal: Terminal): Promise<void> {
  const { format, readings } = flags;
  const languages = flags.languages === undefined ? undefined : parseLanguagePair(flags.languages);
  if (languages !== undefined) placeOf(languages, flags);
  const options = {
    format,
    readings,
    languages,
    columns: flags.columns === undefined ? undefined : twoColumns(flags.columns),
  };
  const converted = await convertDictionary(source, options, { signal: terminal.signal });
  const file = placeOf(converted.list.languages, flags);
  writeWordList(file, converted.list);
  if (flags.json) printList(file, converted, { languages: converted.list.languages }, terminal);
  else printFacts(describeConverted(converted), converted.list, file, terminal);
}

async function pivot(
  [first, second]: readonly [string, string],
  flags: PivotFlags,
  terminal: Terminal,
): Promise<void> {
  const { maxTranslations, minScore } = flags;
  const outer = parseLanguagePair(flags.languages);
  const middle = parseCode(flags.through, 'through');
  const file = placeOf(outer, flags);
  const columns = flags.columns?.map((text) => text.split(',').map((code) => parseCode(code.trim(), 'columns')));
  const files = [await readPairLines(first), await readPairLines(second)] as const;
  const joined = pivotWordLists(files, { outer, middle }, { maxTranslations, minScore, columns });
  writeWordList(file, joined.list);
  if (flags.json) printList(file, joined, { languages: outer, through: middle }, terminal);
  else printFacts(describeJoined(joined, middle), joined.list, file, terminal);
}

async function induce(place: string, flags: InduceFlags, terminal: Terminal): Promise<void> {
  const { neighbours, minPrecision, mutualThreshold, oneWayThreshold } = flags;
  await withProgress(terminal, async (run, progress) => {
    const source = await readTexts(place, flags.languages, run);
    const { out, known } = await placesOf(source, flags);
    const encoder = await openEncoder(flags, source.settings, terminal);
    try {
      const options = { known, neighbours, minPrecision, mutualThreshold, oneWayThreshold };
      const { list, whole, ...facts } = await induceFromCorpus(encoder, source.words, options, run);
      const written = flags.onlyInduced ? list : whole;
      writeWordList(out, written);
      const reach = await readReach(out, written, source.words);
      progress.stop();
      if (flags.json) return printJson(terminal, { file: out, encoder: encoder.name, ...facts, ...reach });
      const next = nextCommand(source, place, out);
      const before: Fact[] = known === undefined ? [] : [['Known before', `${known.translations.length} pairs`]];
      const lines = describeInduced({ list, ...facts }, encoder.name);
      printMade(lines, reach, [...before, ['Dictionary', shortPath(out)], ['Next', next]], terminal);
    } finally {
      await encoder.dispose?.();
    }
  });
}

async function translate(place: string, flags: TranslateFlags, terminal: Terminal): Promise<void> {
  const { words, batchSize, translationsPerWord, direction, form, repeats, prices } = flags;
  const options = { words, batchSize, translationsPerWord, direction, form, repeats };
  await withProgress(terminal, async (run, progress) => {
    const source = await readTexts(place, flags.languages, run);
    if (flags.dryRun) {
      progress.stop();
      const estimate = estimateCorpusTranslation(source.words, options);
      const cost = prices === undefined ? undefined : costOf(estimate, prices);
      if (flags.json) return printJson(terminal, { ...estimate, cost });
      return print(terminal, describeEstimate(estimate, cost));
    }
    // Before anything is paid for: a dictionary that cannot be read would be told of too late.
    const { out, known } = await placesOf(source, flags);
    const model = createChatModel(modelOptions(source.settings, flags), terminal.environment);
    const { list, whole, report } = await translateCorpus(model, source.words, { ...options, known }, run);
    writeWordList(out, whole);
    const reach = await readReach(out, whole, source.words);
    progress.stop();
    const { stopped, ...facts } = report;
    for (const problem of report.problems) note(terminal, `warning: ${problem}`);
    if (stopped !== undefined) note(terminal, `warning: ${stopped.message}; ${GOES_ON}`);
    const spending = model.spending();
    if (flags.json)
      return printJson(terminal, { file: out, model: model.name, ...facts, cost: spending.cost, ...reach });
    const next = nextCommand(source, place, out);
    const lines = [...describeTranslated(list, report), formatSpending(spending)];
    printMade(lines, reach, [['Dictionary', shortPath(out)], ['Next', next]], terminal);
  });
}

/** Throws `DataFormatError` if a model could learn nothing from the dictionary, after all is shown. */
async function check(
  named: string | undefined,
  { dataset, languages: text, json }: CheckFlags,
  terminal: Terminal,
): Promise<void> {
  const loaded = dataset === undefined ? undefined : await loadDataset(dataset, { dictionary: false });
  const own = loaded?.descriptor.dictionary;
  const file = named ?? (own === undefined ? undefined : resolve(dataset!, own));
  if (file === undefined) {
    const problem = dataset === undefined ? 'which dictionary?' : `${dataset} has no dictionary of its own`;
    const advice = 'Name a file: xtm dictionary check dictionary-en-ja.txt --languages en,ja';
    throw new InvalidOptionError('file', undefined, problem, { advice });
  }
  const languages = loaded === undefined ? namedLanguages(text) : datasetLanguages(loaded.corpus, text);
  const result = await checkDictionary({ file, languages, ...(loaded && { corpus: loaded.corpus }) });
  if (json) printJson(terminal, result);
  else printCheck(result, dataset, terminal);
  const [worst] = result.findings;
  if (result.verdict !== 'unusable') return;
  const problem = worst!.message.charAt(0).toLowerCase() + worst!.message.slice(1).replace(/\.$/, '');
  throw new DataFormatError(problem, { file }, { advice: worst!.advice });
}

function namedLanguages(text: string | undefined): LanguagePair {
  if (text !== undefined) return parseLanguagePair(text);
  throw new InvalidOptionError('languages', undefined, 'which languages is it of?', {
    advice: 'Name them, for example --languages en,ja, or the dataset that it is for with --dataset.',
  });
}

/** The dataset's codes, also where a user names its languages in another way. */
function datasetLanguages({ languages }: Corpus, text: string | undefined): LanguagePair {
  const known = languages.map(({ language }) => language);
  const places = text === undefined ? [0, 1] : parseLanguagePair(text).map((code) => findLanguage(known, code));
  const [first, second] = places.map((place) => known[place]?.code);
  if (first !== undefined && second !== undefined) return [first, second];
  throw new InvalidOptionError('languages', text, `the dataset has ${known.map(({ code }) => code).join(', ')}`);
}

function twoColumns(text: string): readonly [string, string] {
  const columns = text.split(',').map((column) => column.trim());
  if (columns.length === 2) return [columns[0]!, columns[1]!];
  throw new InvalidOptionError('columns', text, `"${text}" does not name two columns`);
}

function parseCode(text: string, option: string): string {
  try {
    return Intl.getCanonicalLocales(text)[0]!;
  } catch (cause) {
    throw new InvalidOptionError(option, text, `"${text}" is not a BCP-47 language code`, { cause });
  }
}

/** Where a list goes. Throws `InvalidOptionError` for a file that is there already and may not be replaced. */
function placeOf(
  languages: LanguagePair,
  { out = `dictionary-${languages.join('-')}.txt`, replace }: ListFlags,
): string {
  if (!existsSync(out) || replace) return out;
  const advice = 'Name another file with --out, or replace it with --replace.';
  throw new InvalidOptionError('out', out, `${out} is there already`, { advice });
}

function printList(file: string, made: { readonly list: WordList }, facts: object, terminal: Terminal): void {
  const { list, ...others } = made;
  printJson(terminal, { ...facts, pairs: list.translations.length, out: file, ...others });
}

/** Facts about a list, where it is, and the command that says what it is worth. */
function printFacts(facts: readonly Fact[], { languages }: WordList, file: string, terminal: Terminal): void {
  const written = `${shortPath(file)}, the ${languages[1]} word first in every line`;
  const next = `xtm dictionary check ${pastablePath(file)} --languages ${languages.join(',')}`;
  print(terminal, formatFacts([...facts, ['Written to', written], ['Next', next]], ':'));
}

/** What was made of a corpus' own words. */
function printMade(
  lines: readonly string[],
  reach: DictionaryReach,
  facts: readonly Fact[],
  terminal: Terminal,
): void {
  print(terminal, [...lines, '', tableOf(tabulateReach(reach), terminal), '', formatFacts(facts, ':')].join('\n'));
}

function printCheck(result: DictionaryCheck, dataset: string | undefined, terminal: Terminal): void {
  const { facts, match, findings, verdict } = describeCheck({ ...result, file: shortPath(result.file) });
  const flag = `--dictionary ${pastablePath(result.file)}`;
  const next = dataset === undefined ? `xtm init ${flag}` : `xtm run --dataset ${pastablePath(dataset)} ${flag}`;
  const end: Fact[] = [['Verdict', verdict], ...(result.verdict === 'unusable' ? [] : [['Next', next] as const])];
  const parts = [
    formatFacts(facts, ':'),
    ...(match === undefined ? [] : ['', tableOf(match, terminal), '']),
    ...findings.map(withFlags),
    formatFacts(end, ':'),
  ];
  print(terminal, parts.join('\n'));
}

function tableOf({ titles: [first, ...others], rows }: FactTable, terminal: Terminal): string {
  const columns = [{ title: first! }, ...others.map((title) => right(withFlags(title)))];
  return formatTable(columns, rows, textStyle(terminal));
}

/** Texts whose words are to be translated, and what their project says. */
interface Texts {
  readonly words: CorpusWords;
  /** The dictionary that the project names, whether or not it is there yet. */
  readonly dictionary?: string;
  /** The project's settings of a run; empty for a dataset folder. */
  readonly settings: SettingLayer;
  /** Whether they come of a project file. */
  readonly isProject: boolean;
}

/** A dataset folder, or the corpus as "xtm prepare" would make it of a project's texts. */
async function readTexts(place: string, languages: string | undefined, run: RunOptions): Promise<Texts> {
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory()) {
    const named = languages === undefined ? {} : { languages: parseLanguages(languages) };
    const { corpus } = await loadDataset(place, { texts: false, ...named });
    return { words: corpusWords(corpus), settings: {}, isProject: false };
  }
  const project = /\.ya?ml$/i.test(place) ? readProjectFile(place) : undefined;
  const options = project === undefined ? await readPrepareOptions(place) : project.prepareOptions();
  if (options === undefined)
    throw new InvalidOptionError('prepare', undefined, `${place} has no section "prepare"`, {
      advice: '"xtm init" writes one.',
    });
  const { dictionary, ...texts } = options;
  const words = corpusWords((await prepareCorpus(texts, run)).corpus);
  return { words, dictionary, settings: project?.run ?? {}, isProject: project !== undefined };
}

/**
 * Where the result goes, and the known pairs: the file that was asked for; else the one that the project names, if it
 * is not there yet. What the project names and is there is the known dictionary, unless another is.
 */
async function placesOf(
  { words, dictionary }: Texts,
  flags: OwnWordsFlags,
): Promise<{ readonly out: string; readonly known?: WordList }> {
  const isThere = dictionary !== undefined && existsSync(dictionary);
  const out = placeOf(words.languages, {
    replace: flags.replace,
    out: flags.out ?? (isThere ? undefined : dictionary),
  });
  const known = flags.known ?? (isThere ? dictionary : undefined);
  return known === undefined ? { out } : { out, known: await readKnownPairs(known, words) };
}

/**
 * The encoder that flags or project name, else the smallest that is on this machine. Throws `InvalidOptionError` where
 * there is none, or the one named learns from a dictionary itself.
 */
async function openEncoder(
  { embedder, embedderOption }: InduceFlags,
  settings: SettingLayer,
  { environment }: Terminal,
): Promise<Embedder> {
  const ofProject = [settings['embedder']].find(
    (name): name is string => typeof name === 'string' && readsTexts(name),
  );
  const encoders = await findEncoders(modelsFolder(environment));
  const name = embedder ?? ofProject ?? encoders.sort((a, b) => a.bytes - b.bytes)[0]?.name;
  if (name === undefined)
    throw new InvalidOptionError('embedder', undefined, 'there is no encoder on this machine', {
      advice: FETCH_ENCODER,
    });
  if (!readsTexts(name)) {
    const advice = 'Name a multilingual encoder, for example multilingual-e5-small.';
    throw new InvalidOptionError('embedder', name, 'does not know which words mean the same by itself', { advice });
  }
  const ofName = (settings['embedders'] as Readonly<Record<string, object>> | undefined)?.[name];
  const options = { ...ofName, ...embedderOption };
  refuseKeys('embedderOptions', options);
  return createEmbedder(name, options, environment);
}

/** The project's language model, with what the flags say instead. */
function modelOptions(settings: SettingLayer, flags: TranslateFlags): ChatModelOptions {
  const options = llmOptionsOfFlags({ ...settings, ...flags });
  refuseKeys('llm', options);
  return options as ChatModelOptions;
}

/** What to do with the result, to be pasted. */
function nextCommand({ isProject, dictionary }: Texts, place: string, out: string): string {
  if (!isProject) return `xtm run --dataset ${pastablePath(place)} --dictionary ${pastablePath(out)}`;
  const other = dictionary === out ? '' : ` --dictionary ${pastablePath(out)}`;
  return `xtm prepare ${pastablePath(place)}${other}`;
}
