import { XtmError, type XtmErrorOptions } from './xtm-error';

/** Nothing is left to learn from: no documents, no words, or no usable dictionary pair. */
export class EmptyCorpusError extends XtmError {
  readonly code = 'EMPTY_CORPUS';
  /** BCP-47 code of the language concerned, if one is. */
  readonly language: string | undefined;

  constructor(problem: string, options?: XtmErrorOptions & { readonly language?: string }) {
    super(problem, options);
    this.language = options?.language;
  }
}
