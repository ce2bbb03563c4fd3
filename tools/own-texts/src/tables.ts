import { spreadOf, type FlooredSpread, type LanguageVerdict, type Spread } from './verdict';
import type { MateRanks } from './mates';

/** One row of the table of shares: a model on a corpus. */
export interface SharesRow {
  readonly corpus: string;
  readonly model: string;
  readonly numTopics: number;
  readonly seeds: number;
  readonly verdicts: readonly LanguageVerdict[];
}

/** A Markdown table, a row per corpus, model and language; floors in brackets, deviations over seeds behind ±. */
export function formatShares(rows: readonly SharesRow[]): string {
  const head =
    '| corpus, topics | model | language | effective topics | largest main topic | coverage | completion, nats per ' +
    'word | labels, NMI | holds |\n|---|---|---|---|---|---|---|---|---|';
  const lines = rows.flatMap(({ corpus, model, numTopics, verdicts }) =>
    verdicts.map(
      (verdict) =>
        `| ${[
          `${corpus}, ${numTopics}`,
          model,
          verdict.language,
          formatSpread(verdict.effective, 1),
          formatSpread(verdict.largestMainTopic),
          formatFloored(verdict.coverage),
          formatFloored(verdict.completion),
          verdict.labels === undefined ? '' : formatFloored(verdict.labels),
          verdict.failures.length === 0 ? 'yes' : `no: ${verdict.failures.join(', ')}`,
        ].join(' | ')} |`,
    ),
  );
  return [head, ...lines].join('\n');
}

/** One row of the table of mates: a model on a corpus, over seeds. */
export interface MatesRow {
  readonly corpus: string;
  readonly model: string;
  readonly ranks: readonly MateRanks[];
}

/** A Markdown table of reciprocal ranks, the first language asking, then the second. */
export function formatMates(rows: readonly MatesRow[], chance: number, mates: number): string {
  const head = `| ${mates} mates, chance ${chance.toFixed(3)} | model | by proportions | by means ` +
    `|\n|---|---|---|---|`;
  const cell = (ranks: readonly MateRanks[], by: keyof MateRanks) =>
    [0, 1].map((side) => formatSpread(spreadOf(ranks.map((rank) => rank[by][side]!)))).join(', ');
  return [
    head,
    ...rows.map(
      ({ corpus, model, ranks }) =>
        `| ${corpus} | ${model} | ${cell(ranks, 'byProportions')} | ${cell(ranks, 'byMeans')} |`,
    ),
  ].join('\n');
}

function formatSpread({ mean, deviation }: Spread, digits = 3): string {
  return deviation === 0 ? mean.toFixed(digits) : `${mean.toFixed(digits)} ± ${deviation.toFixed(digits)}`;
}

function formatFloored(spread: FlooredSpread): string {
  return `${formatSpread(spread)} (${spread.floor.toFixed(3)})`;
}
