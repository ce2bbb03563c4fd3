import { BackendMemoryError } from '@xtm/contracts';
import { readRunTopics, readShownTopics, type RunSummary } from '@xtm/pipeline';
import type { RefinementEstimate } from '@xtm/refiner';
import type { SettingLayer } from '../settings/layered-settings';
import { ProgressDisplay } from '../terminal/progress-display';
import { shortPath } from '../terminal/short-path';
import { note, print, type Terminal } from '../terminal/terminal';
import { estimateFlags, planRun, type RunPlan } from '../wiring/plan-run';
import type { EarlierRun } from '../wiring/read-earlier-run';
import { formatEvaluation } from './evaluation-table';
import { formatSpending } from './format-spending';
import { noteQualityWarnings } from './quality-warnings';
import { formatAllShares, formatBestAndWorst, formatNextCommands } from './run-summary';
import { formatSpread, readTopicShares } from './topic-shares';
import type { TabledTopics } from './topics-table';

/** Carries out what the flags say and shows what came of it; with `dryRun`, says what it would cost. */
export async function performRun(flags: SettingLayer, terminal: Terminal, earlier?: EarlierRun): Promise<void> {
  const asJson = flags['json'] === true;
  if (flags['dryRun'] === true) {
    const estimate = await estimateFlags(flags, earlier);
    print(terminal, asJson ? JSON.stringify(estimate, undefined, 2) : formatEstimate(estimate));
  } else {
    const summary = await carryOut(flags, terminal, earlier);
    if (asJson) print(terminal, JSON.stringify(summary, undefined, 2));
    else await showSummary(summary, terminal);
    noteQualityWarnings(summary.evaluation, terminal);
  }
}

/** Carries out a run; where the GPU's memory runs out, and nobody insisted on it, starts again without it. */
async function carryOut(flags: SettingLayer, terminal: Terminal, earlier?: EarlierRun): Promise<RunSummary> {
  const plan = await planRun(flags, terminal.environment, earlier);
  try {
    return await executePlan(plan, terminal);
  } catch (error) {
    const fallback = error instanceof BackendMemoryError ? plan.fallback?.() : undefined;
    if (fallback === undefined) throw error;
    note(terminal, `warning: ${(error as BackendMemoryError).message}; starting again without the GPU`);
    return carryOut({ ...flags, ...fallback }, terminal, earlier);
  }
}

/** Carries out a planned run, and shows what it is and how far it is beside the results. */
export async function executePlan(plan: RunPlan, terminal: Terminal): Promise<RunSummary> {
  const progress = new ProgressDisplay(terminal);
  try {
    for (const warning of plan.warnings) note(terminal, `warning: ${warning}`);
    const summary = await plan.execute({
      signal: terminal.signal,
      onProgress: progress.update,
      onWarning: (warning) => note(terminal, `warning: ${warning}`),
      onTitle: (title, path) => note(terminal, `${title} → ${shortPath(path)}`),
    });
    progress.stop();
    if (plan.chatModel !== undefined) note(terminal, formatSpending(plan.chatModel.spending()));
    return summary;
  } finally {
    progress.stop();
    await plan.close();
  }
}

function formatEstimate({ calls, inputTokens, outputTokens, cost }: RefinementEstimate): string {
  const price = cost === undefined ? 'cost unknown without --prices' : `cost about ${cost.toFixed(4)}`;
  return `Phase 2 would take about ${calls} calls, ${inputTokens} tokens sent and ${outputTokens} received; ${price}.`;
}

/** Figures first, since what stands last is seen first. */
async function showSummary({ path, evaluation, trained }: RunSummary, terminal: Terminal): Promise<void> {
  if (!trained) note(terminal, 'This run was finished already; nothing was trained.');
  const topics: TabledTopics = { ...(await readShownTopics(path)), ranking: readRunTopics(path).ranking, shares: readTopicShares(path) };
  const parts = [formatEvaluation(evaluation, terminal), formatAllShares(topics, terminal), formatSpread(evaluation), formatBestAndWorst(topics, evaluation, terminal)];
  for (const part of parts) if (part !== undefined) print(terminal, `${part}\n`);
  print(terminal, `Run folder: ${path}\nNext:\n${formatNextCommands(shortPath(path), topics.languages)}`);
}
