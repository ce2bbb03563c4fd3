import { executeRun, type RunSummary } from '@xtm/pipeline';
import { ProgressDisplay } from '../terminal/progress-display';
import { note, print, type Terminal } from '../terminal/terminal';
import type { RunPlan } from '../wiring/plan-run';
import { formatEvaluation } from './evaluation-table';
import { formatSpending } from './format-spending';
import { formatTopics } from './topics-table';

/** Carries a plan out and shows what came of it. */
export async function performRun(plan: RunPlan, asJson: boolean, terminal: Terminal): Promise<void> {
  const progress = new ProgressDisplay(terminal);
  try {
    for (const warning of plan.warnings) note(terminal, `warning: ${warning}`);
    note(terminal, `${plan.title} → ${plan.input.path}`);
    const summary = await executeRun({ ...plan.input, signal: terminal.signal, onProgress: progress.update });
    progress.stop();
    if (asJson) print(terminal, JSON.stringify(summary, undefined, 2));
    else showSummary(summary, terminal);
    if (plan.chatModel !== undefined) note(terminal, formatSpending(plan.chatModel.spending()));
  } finally {
    progress.stop();
  }
}

function showSummary({ path, evaluation, trained }: RunSummary, terminal: Terminal): void {
  if (!trained) note(terminal, 'This run was finished already; nothing was trained.');
  print(terminal, formatTopics(path, {}, terminal));
  print(terminal, '');
  print(terminal, formatEvaluation(evaluation, terminal));
  print(terminal, '');
  print(terminal, `Run folder: ${path}`);
  print(terminal, `Next:       xtm topics ${path} --top 30    xtm infer ${path} --language CODE FILE`);
}
