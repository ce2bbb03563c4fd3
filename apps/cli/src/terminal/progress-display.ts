import { SingleBar } from 'cli-progress';
import type { Progress, RunOptions } from '@xtm/contracts';
import { note, type Terminal } from './terminal';

/** Milliseconds that a stage may take before its bar appears: what is over at once needs none. */
const DELAY = 300;

/** Milliseconds from which on a stage leaves a line that says how long it took. */
const WORTH_A_LINE = 2_000;

interface Stage {
  readonly name: string;
  readonly startedAt: number;
  /** Steps that were done when it was first heard of, for a resumed stage many. */
  readonly doneBefore: number;
  bar?: SingleBar;
}

/**
 * Shows the stages of a long call, one bar at a time, with rate and time left; a stage above two seconds leaves a line
 * behind. Shows nothing where the log is no terminal.
 */
export class ProgressDisplay {
  readonly #terminal: Terminal;
  /** Time that stages took so far, for those that others interrupt. */
  readonly #spent = new Map<string, number>();
  #stage: Stage | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  readonly update = (progress: Progress): void => {
    if (this.#terminal.log.isTTY !== true) return;
    if (progress.stage !== this.#stage?.name) this.#start(progress);
    const stage = this.#stage!;
    const elapsed = performance.now() - stage.startedAt;
    if (elapsed >= DELAY) stage.bar ??= this.#bar(progress);
    const done = progress.done - stage.doneBefore;
    stage.bar?.update(progress.done, {
      figures: [
        formatFigures(progress.figures),
        formatRate(progress, done, elapsed),
        timeLeft(progress, done, elapsed),
      ]
        .filter((text) => text !== '')
        .join('  '),
    });
    if (progress.done >= progress.total) this.#finish();
  };

  /** Takes the bar away; a stage that is not over may go on. */
  stop(): void {
    if (this.#stage === undefined) return;
    const { name, startedAt, bar } = this.#stage;
    bar?.stop();
    this.#spent.set(name, (this.#spent.get(name) ?? 0) + performance.now() - startedAt);
    this.#stage = undefined;
  }

  #start({ stage: name, done: doneBefore }: Progress): void {
    this.stop();
    this.#stage = { name, doneBefore, startedAt: performance.now() };
  }

  #finish(): void {
    const { name } = this.#stage!;
    this.stop();
    const spent = this.#spent.get(name) ?? 0;
    this.#spent.delete(name);
    if (spent >= WORTH_A_LINE) note(this.#terminal, `${name}: ${formatDuration(spent)}`);
  }

  #bar({ stage, done, total }: Progress): SingleBar {
    const bar = new SingleBar({
      format: `${stage} {bar} {percentage}%  {figures}`,
      barsize: (this.#terminal.log.columns ?? 80) < 100 ? 10 : 24,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      clearOnComplete: true,
      stream: this.#terminal.log,
      formatValue: (value, _options, type) =>
        type === 'percentage' ? String(Math.floor(value)).padStart(3) : String(value),
    });
    bar.start(total, done, { figures: '' });
    return bar;
  }
}

function timeLeft({ done: reached, total }: Progress, done: number, elapsed: number): string {
  return done <= 0 || reached >= total ? '' : `${formatDuration((elapsed / done) * (total - reached))} left`;
}

/** Minutes and seconds, hours before them where there are any. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  const clock = `${minutes % 60}`.padStart(minutes >= 60 ? 2 : 1, '0') + `:${String(seconds % 60).padStart(2, '0')}`;
  return minutes >= 60 ? `${Math.floor(minutes / 60)}:${clock}` : clock;
}

function formatFigures(figures: Progress['figures']): string {
  return Object.entries(figures ?? {})
    .map(([name, value]) => `${name} ${Number.isInteger(value) ? value : Number(value.toPrecision(5))}`)
    .join('  ');
}

/** Steps per second, or seconds per step where they are slow; nothing where the figures say it already. */
export function formatRate({ figures = {} }: Progress, done: number, elapsed: number): string {
  if (done <= 0 || elapsed <= 0 || Object.keys(figures).some((name) => name.endsWith('/s'))) return '';
  const rate = (done / elapsed) * 1000;
  return rate >= 1 ? `${rate >= 10 ? Math.round(rate) : rate.toFixed(1)}/s` : `${(1 / rate).toPrecision(2)} s each`;
}

/**
 * Does some work under a display of its progress, which is gone when the work is over, whatever it came to.
 *
 * @param work may stop the display itself before it prints
 */
export async function withProgress<Result>(
  terminal: Terminal,
  work: (run: Required<RunOptions>, progress: ProgressDisplay) => Promise<Result>,
): Promise<Result> {
  const progress = new ProgressDisplay(terminal);
  try {
    const onWarning = (warning: string): void => note(terminal, `warning: ${warning}`);
    return await work({ signal: terminal.signal, onProgress: progress.update, onWarning }, progress);
  } finally {
    progress.stop();
  }
}
