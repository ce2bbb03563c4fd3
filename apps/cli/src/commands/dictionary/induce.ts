import type { Command } from 'commander';
import { type Embedder, InvalidOptionError, type RunOptions } from '@xtm/contracts';
import { type InducedDictionary, induceDictionary, type InducedKind, type InductionOptions } from '@xtm/dictionary';
import { findEncoders, modelsFolder, readsTexts } from '@xtm/embedder';
import { collectPair, parseNumber } from '../../settings/parse-value';
import { ProgressDisplay } from '../../terminal/progress-display';
import { print, shortPath, type Terminal } from '../../terminal/terminal';
import { openEmbedder } from '../../wiring/open-embedder';
import {
  choosePlaces,
  formatCoverage,
  formatShare,
  joinLists,
  nextCommand,
  readKnown,
  readVocabularies,
  samplePairs,
  VOCABULARY_ARGUMENT,
  type VocabularySource,
  writeWordList,
  type WrittenList,
} from './vocabulary-source';

interface InduceFlags extends InductionOptions {
  readonly embedder?: string;
  readonly embedderOption?: Readonly<Record<string, unknown>>;
  readonly known?: string;
  readonly onlyInduced?: boolean;
  readonly languages?: string;
  readonly out?: string;
  readonly replace?: boolean;
  readonly json?: boolean;
}

const EXAMPLE = `
Needs an encoder that knows both languages: "xtm models fetch multilingual-e5-small" gets a small one.

Examples:
  xtm dictionary induce xtm.yaml
  xtm dictionary induce data/reviews --embedder multilingual-e5-small --embedder-option folder=e5 --out induced.txt
  xtm dictionary induce data/reviews --known muse.txt --out both.txt`;

export function registerInduce(dictionary: Command, terminal: Terminal): void {
  dictionary
    .command('induce')
    .description(
      "make a dictionary of the texts' own words with a multilingual encoder: no dictionary needed, and one that is " +
        "there is improved upon",
    )
    .argument(...VOCABULARY_ARGUMENT)
    .option('--embedder <name>', "the encoder (default: the project's, else one that is on this machine)")
    .option(
      '--embedder-option <name=value>',
      'an option of the encoder, such as folder=e5; may be given several times',
      collectPair('embedderOption'),
    )
    .option(
      '--known <file>',
      "a dictionary that is there already: it sets the thresholds and is part of the result (default: the " +
        "project's, if it is there)",
    )
    .option('--only-induced', 'leave the known dictionary out of the result')
    .option(
      '--min-precision <share>',
      'share of right pairs, as the known dictionary tells, down to which pairs are taken (default 0.6)',
      parseNumber('minPrecision'),
    )
    .option(
      '--mutual-threshold <number>',
      "least score of pairs that are each other's nearest, in deviations of unrelated words (default 2, or by the " +
        "known dictionary)",
      parseNumber('mutualThreshold'),
    )
    .option(
      '--one-way-threshold <number>',
      'the same for pairs that are nearest one way only (default 4)',
      parseNumber('oneWayThreshold'),
    )
    .option(
      '--neighbours <number>',
      "words that tell how crowded a word's surroundings are (default 10)",
      parseNumber('neighbours'),
    )
    .option('--languages <list>', 'the two languages of a dataset folder, where it does not say: en,zh-Hans:cn')
    .option(
      '--out <file>',
      'where the dictionary goes (default: what the project names, else dictionary-LANG-LANG.txt)',
    )
    .option('--replace', 'replace a file that is there')
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLE)
    .action(async (place: string, flags: InduceFlags) => induce(place, flags, terminal));
}

async function induce(place: string, flags: InduceFlags, terminal: Terminal): Promise<void> {
  const progress = new ProgressDisplay(terminal);
  const run = { signal: terminal.signal, onProgress: progress.update };
  let encoder: Embedder | undefined;
  try {
    const source = await readVocabularies(place, flags.languages, run);
    const { out, known: knownFile } = choosePlaces(source, flags);
    encoder = await openEncoder(flags, source, terminal);
    const known = await readKnown(knownFile, source);
    const induced = await induceFrom(source, encoder, { known, options: optionsOf(flags), run });
    const list = known === undefined || flags.onlyInduced ? induced.list : joinLists(induced.list, known.translations);
    const written = await writeWordList(out, list, source);
    progress.stop();
    if (flags.json)
      print(
        terminal,
        JSON.stringify({ file: out, encoder: encoder.name, ...factsOf(induced), ...written }, undefined, 2),
      );
    else
      print(
        terminal,
        formatResult(
          induced,
          written,
          {
            encoder: encoder.name,
            out,
            next: nextCommand(source, place, out),
            knownPairs: known?.translations.length,
          },
          terminal,
        ),
      );
  } finally {
    progress.stop();
    await encoder?.dispose?.();
  }
}

function optionsOf({ neighbours, minPrecision, mutualThreshold, oneWayThreshold }: InduceFlags): InductionOptions {
  return Object.fromEntries(
    Object.entries({ neighbours, minPrecision, mutualThreshold, oneWayThreshold }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

async function induceFrom(
  { languages, vocabularies }: VocabularySource,
  encoder: Embedder,
  {
    known,
    options,
    run,
  }: {
    readonly known: Awaited<ReturnType<typeof readKnown>>;
    readonly options: InductionOptions;
    readonly run: RunOptions;
  },
): Promise<InducedDictionary> {
  const vectors = [
    await encoder.embedWords(vocabularies[0], 0, run),
    await encoder.embedWords(vocabularies[1], 1, run),
  ] as const;
  return induceDictionary({ languages, vocabularies, vectors, ...(known && { known }) }, options);
}

/**
 * The encoder that flags or project name, else the smallest that is on this machine.
 *
 * @throws InvalidOptionError where there is none, or the one named learns from a dictionary itself
 */
async function openEncoder(
  { embedder, embedderOption = {} }: InduceFlags,
  { settings }: VocabularySource,
  { environment }: Terminal,
): Promise<Embedder> {
  const ofProject =
    typeof settings['embedder'] === 'string' && readsTexts(settings['embedder']) ? settings['embedder'] : undefined;
  const projectOptions =
    ofProject !== undefined && embedder === undefined
      ? (settings['embedderOptions'] as Readonly<Record<string, unknown>> | undefined)
      : undefined;
  const name =
    embedder ??
    ofProject ??
    (await findEncoders(modelsFolder(environment))).sort((a, b) => a.bytes - b.bytes)[0]?.name;
  if (name === undefined) {
    throw new InvalidOptionError('embedder', undefined, 'there is no encoder on this machine', {
      advice:
        'Fetch one with "xtm models fetch multilingual-e5-small", or name one: --embedder NAME --embedder-option ' +
        'folder=FOLDER.',
    });
  }
  if (!readsTexts(name))
    throw new InvalidOptionError('embedder', name, 'does not know which words mean the same by itself', {
      advice: 'Name a multilingual encoder, for example multilingual-e5-small.',
    });
  return (await openEmbedder(name, { ...projectOptions, ...embedderOption }, { environment }))!;
}

function factsOf({ mutual, oneWay, quality }: InducedDictionary) {
  return { mutual, oneWay, ...(quality && { quality }) };
}

interface Shown {
  readonly encoder: string;
  readonly out: string;
  readonly next: string;
  readonly knownPairs?: number;
}

function formatResult(
  induced: InducedDictionary,
  written: WrittenList,
  { encoder, out, next, knownPairs }: Shown,
  terminal: Terminal,
): string {
  const { mutual, oneWay, quality, list } = induced;
  return [
    `${list.translations.length} pairs found by ${encoder}: ${kindLine(mutual, "each other's nearest")}, ` +
      `${kindLine(oneWay, 'nearest one way')}`,
    ...(quality === undefined || quality.judged === 0
      ? []
      : [
          `Of ${quality.judged} held-out pairs that the known dictionary can judge, ` +
            `${formatShare(quality.precision)} are in it; ${formatShare(quality.coverage)} of its ${quality.words} ` +
            'held-out words were found',
        ]),
    `For a look: ${samplePairs(list)}`,
    '',
    formatCoverage(written, terminal),
    '',
    ...(knownPairs === undefined ? [] : [`Known before: ${knownPairs} pairs`]),
    `Dictionary:   ${shortPath(out)}`,
    `Next:         ${next}`,
  ].join('\n');
}

function kindLine({ pairs, threshold, calibration }: InducedKind, what: string): string {
  return `${pairs} ${what} (score ` +
    `${Number.isFinite(threshold) ? `of at least ${threshold.toFixed(1)}` : 'never enough'}${calibration === undefined ? '' : ', by the known dictionary'})`;
}
