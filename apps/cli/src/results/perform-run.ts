import type { Corpus } from '@xtm/contracts';
import type { TopicEvaluation } from '@xtm/metrics';
import {
  type EarlierRun,
  estimateSpending,
  readRunTopics,
  readShownTopics,
  readTopicShares,
  type ResolvedSettings,
  type RunSettings,
  type SettingLayer,
  type SettingsRun,
  type SettingsRunOptions,
  type TrainingPlan,
  trainWithSettings,
} from '@xtm/pipeline';
import type { RefinementEstimate } from '@xtm/refiner';
import { resolveFlags } from '../settings/settings-of-flags';
import { ProgressDisplay } from '../terminal/progress-display';
import { note, print, shortPath, type Terminal } from '../terminal/terminal';
import { formatEvaluation } from './evaluation-table';
import { formatSpending, noteQualityWarnings } from './quality-warnings';
import { formatAllShares, formatBestAndWorst, formatNextCommands } from './run-summary';
import { formatSpread, type TabledTopics } from './topics-table';

/** What `xtm run --json` prints. */
interface RunSummary {
  readonly path: string;
  readonly evaluation: TopicEvaluation;
  /** False when the folder held the finished run already. */
  readonly trained: boolean;
}

/** Carries out what the flags say and shows what came of it; with `--dry-run`, says what it would cost. */
export async function performRun(flags: SettingLayer, terminal: Terminal, earlier?: EarlierRun): Promise<void> {
  const asJson = flags['json'] === true;
  const resolved = await resolveFlags(flags, terminal, earlier);
  if (flags['dryRun'] === true) {
    const estimate = await estimateSpending(resolved.settings);
    print(terminal, asJson ? JSON.stringify(estimate, undefined, 2) : formatEstimate(estimate));
    return;
  }
  const { run } = await carryOut(resolved, terminal, earlier);
  run.dispose();
  const { folder, evaluation, trained } = run;
  const summary: RunSummary = { path: folder!, evaluation, trained };
  if (asJson) print(terminal, JSON.stringify(summary, undefined, 2));
  else await showSummary(summary, terminal);
  noteQualityWarnings(evaluation, terminal);
}

/** Trains what the settings say, and shows what it is and how far it is. */
async function carryOut(resolved: ResolvedSettings, terminal: Terminal, earlier?: EarlierRun): Promise<SettingsRun> {
  const progress = new ProgressDisplay(terminal);
  try {
    const done = await trainWithSettings(resolved, { ...trainingOptions(terminal, progress), earlier });
    progress.stop();
    if (done.spending !== undefined) note(terminal, formatSpending(done.spending));
    return done;
  } finally {
    progress.stop();
  }
}

/**
 * How a terminal takes part in training: it names each run, shows how far it is and what it warns of, and may stop it.
 */
export function trainingOptions(terminal: Terminal, progress: ProgressDisplay): SettingsRunOptions {
  return {
    environment: terminal.environment,
    signal: terminal.signal,
    onProgress: progress.update,
    onWarning: (warning) => note(terminal, `warning: ${warning}`),
    onStart: (plan, corpus, settings) =>
      note(terminal, `${titleOf(plan, corpus, settings)} → ${shortPath(plan.folder!)}`),
  };
}

function titleOf(
  { model, training, refinement, backend }: TrainingPlan,
  { name }: Corpus,
  { refiner }: RunSettings,
): string {
  const more = refinement === undefined ? '' : ` + ${refinement.epochs}`;
  const epochs = 'epochs' in training ? `${training.epochs}${more} epochs` : 'fitted in one call';
  const refined = refinement === undefined ? '' : `, refined by ${refiner}`;
  return `${model} on ${name}, ${training.numTopics} topics, ${epochs}${refined} (${backend.name}, ${backend.path})`;
}

function formatEstimate({ calls, inputTokens, outputTokens, cost }: RefinementEstimate): string {
  const price = cost === undefined ? 'cost unknown without --prices' : `cost about ${cost.toFixed(4)}`;
  return `Phase 2 would take about ${calls} calls, ${inputTokens} tokens sent and ${outputTokens} received; ${price}.`;
}

/** Figures first, since what stands last is seen first. */
async function showSummary({ path, evaluation, trained }: RunSummary, terminal: Terminal): Promise<void> {
  if (!trained) note(terminal, 'This run was finished already; nothing was trained.');
  const topics: TabledTopics = {
    ...(await readShownTopics(path)),
    ranking: readRunTopics(path).ranking,
    shares: readTopicShares(path),
  };
  const parts = [
    formatEvaluation(evaluation, terminal),
    formatAllShares(topics, terminal),
    formatSpread(evaluation),
    formatBestAndWorst(topics, evaluation, terminal),
  ];
  for (const part of parts) if (part !== undefined) print(terminal, `${part}\n`);
  print(terminal, `Run folder: ${path}\nNext:\n${formatNextCommands(shortPath(path), topics.languages)}`);
}
