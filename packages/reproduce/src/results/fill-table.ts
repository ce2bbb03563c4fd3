import { findPublicDataset, type PublicDataset } from '@xtm/data';
import { mean, sampleDeviation } from '@xtm/metrics';
import { publicCodeRuns } from '../data/reference-runs';
import type { RunResult } from '../runs/read-run-results';
import type { PaperTable, TableColumn, TableRow, TableVariant } from '../tables/paper-table';
import type { FilledCell, FilledLine, FilledSection, FilledTable } from './filled-table';
import { missingFigure, missingRuns } from './missing';
import { describeRuns, seedsOfRuns } from './describe-runs';

export interface FillOptions {
  /** Names of benchmarks; all of the table's by default. */
  readonly datasets?: readonly string[];
  /** Fill from quick runs, and only from them; default false. */
  readonly quick?: boolean;
}

/** A table's cells from finished runs: means over all seeds that there are, beside the paper's numbers and the public code's. */
export function fillTable(table: PaperTable, results: readonly RunResult[], { datasets = table.datasets, quick = false }: FillOptions = {}): FilledTable {
  const usable = results.filter((result) => result.quick === quick);
  return { name: table.name, title: table.title, about: table.about, quick, sections: datasets.map(findPublicDataset).map((dataset) => fillSection(table, dataset, usable)) };
}

function fillSection(table: PaperTable, dataset: PublicDataset, results: readonly RunResult[]): FilledSection {
  const columns = table.columns(dataset.languages[1]!.code);
  const lines = table.rows.flatMap((row) => {
    const runs = results.filter(({ dataset: name, model, suffix }) => name === dataset.name && model === row.method.model && suffix === row.method.suffix);
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
    return { variant, line: line(method, 'ours', joined(label, describeRuns(row.method, counted)), figures.map((figure) => measuredCell(figure, counted, row, dataset))) };
  });
  const published = paper && line(method, 'paper', '', columns.map((_, index) => ({ value: paper[index] })));
  const differences = published && runs.length > 0 ? ours.map(({ variant, line: { cells } }) => line(method, 'difference', variant.label, cells.map((cell, index) => differenceCell(cell, published.cells[index]!, columns[index]!)))) : [];
  return [...ours.map(({ line: own }) => own), ...(published ? [published] : []), ...[...differences, ...publicCodeLines(row, context, variants)].filter(saysSomething)];
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

function measuredCell(figure: string | undefined, runs: readonly RunResult[], { method }: TableRow, dataset: PublicDataset): FilledCell {
  if (figure === undefined) return {};
  if (runs.length === 0) return { missing: missingRuns(method, dataset) };
  const having = runs.filter(({ figures }) => figures.has(figure));
  if (having.length === 0) return { missing: missingFigure(figure, runs) };
  const values = having.map(({ figures }) => figures.get(figure)!);
  return { value: mean(values), ...(values.length > 1 && { deviation: sampleDeviation(values) }), ...(having.length < runs.length && { seeds: seedsOfRuns(having) }) };
}

function differenceCell({ value }: FilledCell, { value: published }: FilledCell, { tolerance }: TableColumn): FilledCell {
  if (value === undefined || published === undefined) return {};
  const difference = value - published;
  return { value: difference, ...(tolerance !== undefined && Math.abs(difference) > tolerance && { beyondTolerance: true }) };
}

function publicCodeLines({ method }: TableRow, { dataset, columns }: RowContext, variants: readonly TableVariant[]): FilledLine[] {
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
