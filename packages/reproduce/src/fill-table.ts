import { findPublicDataset, type PublicDataset } from '@xtm/data';
import { mean, sampleDeviation } from '@xtm/metrics';
import runs from './data/reference-runs.json';
import type { Method, PaperTable, TableColumn, TableRow, TableVariant } from './paper-table';
import { estimateCost, PHASE_TWO, scheduleOf } from './plan-runs';
import type { RunResult } from './read-run-results';

/** One number of a table, or why there is none. */
export interface FilledCell {
  readonly value?: number;
  /** Standard deviation over seeds, where there are several. */
  readonly deviation?: number;
  /** Seeds that the number is of, where they are not all that the line names. */
  readonly seeds?: readonly number[];
  /** What is missing for the number. */
  readonly missing?: string;
  /** A difference that asks for an explanation. */
  readonly beyondTolerance?: boolean;
}

/** Whose numbers per line has. */
export type LineKind = 'ours' | 'paper' | 'difference' | 'publicCode';

export interface FilledLine {
  /** The row's method. */
  readonly method: string;
  readonly kind: LineKind;
  /** How the line came about: seeds, classifier, deviating settings. */
  readonly note: string;
  readonly cells: readonly FilledCell[];
}

export interface FilledSection {
  /** Name of the benchmark. */
  readonly dataset: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly lines: readonly FilledLine[];
}

/** A table of a paper with what is known about each cell; safe to write as JSON. */
export interface FilledTable {
  readonly name: string;
  readonly title: string;
  readonly about: readonly string[];
  /** Trained for a few epochs only: the numbers say nothing about the models. */
  readonly quick: boolean;
  readonly sections: readonly FilledSection[];
}

export interface FillOptions {
  /** Names of benchmarks; all of the table's by default. */
  readonly datasets?: readonly string[];
  /** Fill from quick runs, and only from them; default false. */
  readonly quick?: boolean;
}

/**
 * A table's cells from finished runs: means over all seeds that there are, beside the paper's numbers and the public
 * code's.
 */
export function fillTable(
  table: PaperTable,
  results: readonly RunResult[],
  { datasets = table.datasets, quick = false }: FillOptions = {},
): FilledTable {
  const usable = results.filter((result) => result.quick === quick);
  return {
    name: table.name,
    title: table.title,
    about: table.about,
    quick,
    sections: datasets.map(findPublicDataset).map((dataset) => fillSection(table, dataset, usable)),
  };
}

function fillSection(table: PaperTable, dataset: PublicDataset, results: readonly RunResult[]): FilledSection {
  const columns = table.columns(dataset.languages[1]!.code);
  const lines = table.rows.flatMap((row) => {
    const runs = results.filter(
      ({ dataset: name, model, suffix }) =>
        name === dataset.name && model === row.method.model && suffix === row.method.suffix,
    );
    return fillRow(row, { table, dataset, columns, runs });
  });
  return { dataset: dataset.name, title: dataset.title, columns: columns.map(({ title }) => title), lines };
}

interface RowContext {
  readonly table: PaperTable;
  readonly dataset: PublicDataset;
  readonly columns: readonly TableColumn[];
  readonly runs: readonly RunResult[];
}

const ONLY: TableVariant = { key: '', label: '' };

function fillRow(row: TableRow, context: RowContext): FilledLine[] {
  const { table, dataset, columns, runs } = context;
  const method = row.method.label;
  const variants = table.variants.length === 0 ? [ONLY] : table.variants;
  const paper = row.paper[dataset.name];
  const ours = (runs.length === 0 ? variants.slice(0, 1) : variants).map((variant, index) => {
    const label = runs.length === 0 ? '' : variant.label;
    const figures = columns.map((column) => figureOf(column, variant, index === 0));
    const counted = runsWithAny(figures, runs);
    return {
      variant,
      line: line(
        method,
        'ours',
        joined(label, describeRuns(row.method, counted)),
        figures.map((figure) => measuredCell(figure, counted, row, dataset)),
      ),
    };
  });
  const published = paper && line(method, 'paper', '', columns.map((_, index) => ({ value: paper[index] })));
  const differences =
    published && runs.length > 0
      ? ours.map(({ variant, line: { cells } }) =>
          line(
            method,
            'difference',
            variant.label,
            cells.map((cell, index) => differenceCell(cell, published.cells[index]!, columns[index]!)),
          ),
        )
      : [];
  return [
    ...ours.map(({ line: own }) => own),
    ...(published ? [published] : []),
    ...[...differences, ...publicCodeLines(row, context, variants)].filter(saysSomething),
  ];
}

function line(method: string, kind: FilledLine['kind'], note: string, cells: readonly FilledCell[]): FilledLine {
  return { method, kind, note, cells };
}

function saysSomething({ cells }: FilledLine): boolean {
  return cells.some(({ value }) => value !== undefined);
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('; ');
}

/** Undefined where the column says the same in every variant, which then stands in the first line only. */
function figureOf({ figure }: TableColumn, { key }: TableVariant, isFirst: boolean): string | undefined {
  if (typeof figure !== 'string') return figure[key];
  return isFirst ? figure : undefined;
}

/** The runs that a line speaks of: those that have any of its figures, all where none has. */
function runsWithAny(figures: readonly (string | undefined)[], runs: readonly RunResult[]): readonly RunResult[] {
  const having = runs.filter((run) => figures.some((figure) => figure !== undefined && run.figures.has(figure)));
  return having.length === 0 ? runs : having;
}

function measuredCell(
  figure: string | undefined,
  runs: readonly RunResult[],
  { method }: TableRow,
  dataset: PublicDataset,
): FilledCell {
  if (figure === undefined) return {};
  if (runs.length === 0) return { missing: missingRuns(method, dataset) };
  const having = runs.filter(({ figures }) => figures.has(figure));
  if (having.length === 0) return { missing: missingFigure(figure, runs) };
  const values = having.map(({ figures }) => figures.get(figure)!);
  return {
    value: mean(values),
    ...(values.length > 1 && { deviation: sampleDeviation(values) }),
    ...(having.length < runs.length && { seeds: seedsOfRuns(having) }),
  };
}

function differenceCell(
  { value }: FilledCell,
  { value: published }: FilledCell,
  { tolerance }: TableColumn,
): FilledCell {
  if (value === undefined || published === undefined) return {};
  const difference = value - published;
  return {
    value: difference,
    ...(tolerance !== undefined && Math.abs(difference) > tolerance && { beyondTolerance: true }),
  };
}

function publicCodeLines(
  { method }: TableRow,
  { dataset, columns }: RowContext,
  variants: readonly TableVariant[],
): FilledLine[] {
  const figures = publicCodeRuns.figures[dataset.name];
  if (figures === undefined || method.model !== publicCodeRuns.model || method.suffix !== '') return [];
  return variants.map((variant, index) => {
    const cells = columns.map((column): FilledCell => {
      const figure = figureOf(column, variant, index === 0);
      return figure === undefined ? {} : { value: figures[figure] };
    });
    return line(method.label, 'publicCode', joined(variant.label, `seed ${publicCodeRuns.seeds.join(', ')}`), cells);
  });
}

/**
 * Models that learn from embeddings of documents or words in one space; InfoCTM has the benchmarks' own word vectors.
 */
const EMBEDDING_MODELS: readonly string[] = ['xtra', 'gloctm', 'u-svd', 'svd-lr'];

/** What a reader has to know of the runs behind a line: seeds, and where their settings are not the paper's. */
function describeRuns({ label, model, phaseTwo }: Method, runs: readonly RunResult[]): string {
  if (runs.length === 0) return '';
  const embeds = phaseTwo !== undefined || EMBEDDING_MODELS.includes(model);
  return [
    describeSeeds(seedsOfRuns(runs)),
    ...distinct(runs.map(describeEpochs)),
    ...(embeds ? distinct(runs.map(({ embedder }) => describeEmbedder(embedder, label))) : []),
  ].join('; ');
}

/** In ascending order. */
function seedsOfRuns(runs: readonly RunResult[]): number[] {
  return runs.map(({ seed }) => seed).sort((a, b) => a - b);
}

export function describeSeeds(seeds: readonly number[]): string {
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== '');
}

function describeEpochs({ model, epochs }: RunResult): string {
  const published = scheduleOf(model)?.published;
  return epochs === undefined || epochs === published ? '' : `${epochs} epochs in place of ${published}`;
}

/** The paper has BGE-M3's embeddings wherever a model needs some. */
function describeEmbedder(embedder: string | undefined, label: string): string {
  if (embedder === undefined || embedder === 'bge-m3') return '';
  const text = embedder === 'aligned' ? 'aligned vectors' : `embeddings: ${embedder}`;
  return label.includes(text) ? '' : text;
}

const REFERENCE =
  'needs the WikiComp-2014 reference corpus ("xtm datasets info wikicomp-2014"), then --references FOLDER';
const LANGUAGE_MODEL =
  'needs a language model (--llm-model NAME) and the BGE-M3 embeddings ("xtm models fetch bge-m3"), then --embedder ' +
  'bge-m3';

const WITHOUT_CLASSIFIER = 'evaluated without this classifier: xtm evaluate RUN --classifiers both';

/** What is missing for a method's runs on a benchmark. */
function missingRuns({ model, phaseTwo }: Method, dataset: PublicDataset): string {
  if (phaseTwo?.refiner === 'openai') return LANGUAGE_MODEL;
  const minutes = estimateCost(
    model,
    dataset,
    phaseTwo ? PHASE_TWO.published : (scheduleOf(model)?.published ?? 0),
    phaseTwo,
  ).minutes;
  return `not run here: about ${formatTime(minutes)} of one core a seed${phaseTwo ? ', after its phase 1' : ''}`;
}

/** What is missing for a figure that finished runs lack. */
function missingFigure(figure: string, runs: readonly RunResult[]): string {
  const measure = figure.split('/')[0]!;
  if (measure === 'cnpmi' || measure === 'topicQuality') return REFERENCE;
  const reason = runs.map(({ omitted }) => omitted.get(measure)).find((text) => text !== undefined);
  return reason === undefined ? WITHOUT_CLASSIFIER : `left out: ${reason}`;
}

/** Minutes up to two hours, hours from then on. */
export function formatTime(minutes: number): string {
  return minutes < 120 ? `${Math.max(1, Math.round(minutes))} min` : `${(minutes / 60).toFixed(1)} h`;
}

/** What the public Python code reached on whole benchmarks. */
interface PublicCodeRuns {
  /** Settings and measures, in words. */
  readonly about: string;
  readonly model: string;
  readonly seeds: readonly number[];
  /** By benchmark and by the figure names of `figuresOf`. */
  readonly figures: Readonly<Partial<Record<string, Readonly<Partial<Record<string, number>>>>>>;
}

export const publicCodeRuns: PublicCodeRuns = runs;
