import type { BackboneNeed } from '../backbone';
import { XtmError } from './xtm-error';

/** A model needs something that neither the data nor the chosen components supply. */
export class MissingNeedError extends XtmError {
  readonly code = 'MISSING_NEED';
  readonly model: string;
  readonly need: BackboneNeed;

  constructor(model: string, need: BackboneNeed, advice: string) {
    super(`${model} needs ${need}, which nothing supplies`, { advice });
    this.model = model;
    this.need = need;
  }
}
