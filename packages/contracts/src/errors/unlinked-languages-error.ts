import { XtmError } from './xtm-error';

/** Too little links the languages of a corpus for a model to match its topics across them. */
export class UnlinkedLanguagesError extends XtmError {
  readonly code = 'UNLINKED_LANGUAGES';
  readonly model: string;
  /** Word pairs that link the languages. */
  readonly pairs: number;
  /** Share of the running words of each language that have a partner, by the languages' codes. */
  readonly runningShares: Readonly<Record<string, number>>;

  constructor(model: string, pairs: number, runningShares: Readonly<Record<string, number>>, advice: string) {
    const reach = Object.entries(runningShares).map(([code, share]) => `${(100 * share).toFixed(1)} % in ${code}`).join(', ');
    super(`${model} cannot match topics across the languages: ${pairs} word pairs link them, which reach ${reach} of the running words`, { advice });
    this.model = model;
    this.pairs = pairs;
    this.runningShares = runningShares;
  }
}
