import { SingleBar } from 'cli-progress';
import type { Progress } from '@xtm/contracts';
import type { Terminal } from './terminal';

/** Shows the stages of a long call as one bar a stage; shows nothing where the log is no terminal. */
export class ProgressDisplay {
  readonly #terminal: Terminal;
  #bar: SingleBar | undefined;
  #stage: string | undefined;
  #startedAt = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  readonly update = (progress: Progress): void => {
    if (this.#terminal.log.isTTY !== true) return;
    if (progress.stage !== this.#stage) this.#startStage(progress);
    this.#bar?.update(progress.done, { figures: formatFigures(progress.figures), left: this.#timeLeft(progress) });
    if (progress.done >= progress.total) this.stop();
  };

  stop(): void {
    this.#bar?.stop();
    this.#bar = undefined;
    this.#stage = undefined;
  }

  #startStage({ stage, total }: Progress): void {
    this.stop();
    this.#stage = stage;
    this.#startedAt = performance.now();
    this.#bar = new SingleBar({
      format: `${stage} {bar} {percentage}%  {figures}  {left}`,
      barsize: 24,
      hideCursor: true,
      stream: this.#terminal.log,
      formatValue: (value, _options, type) => (type === 'percentage' ? String(Math.floor(value)).padStart(3) : String(value)),
    });
    this.#bar.start(total, 0, { figures: '', left: '' });
  }

  #timeLeft({ done, total }: Progress): string {
    if (done <= 0 || done >= total) return '';
    const seconds = Math.round(((performance.now() - this.#startedAt) / 1000 / done) * (total - done));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} left`;
  }
}

function formatFigures(figures: Progress['figures']): string {
  return Object.entries(figures ?? {})
    .map(([name, value]) => `${name} ${Number.isInteger(value) ? value : Number(value.toPrecision(5))}`)
    .join('  ');
}
