import { XtmError, type XtmErrorOptions } from './xtm-error';

/** What a budget limits: calls, tokens, or money. */
export type BudgetLimit = 'maxCalls' | 'maxTokens' | 'maxCost';

/** The next call of a paid model could go beyond what the user allows; it was not made. */
export class BudgetExceededError extends XtmError {
  readonly code = 'BUDGET';
  readonly limit: BudgetLimit;
  readonly allowed: number;
  readonly spent: number;

  constructor(limit: BudgetLimit, allowed: number, spent: number, options?: XtmErrorOptions) {
    super(`the budget ${limit} ${allowed} leaves no room for another call (spent: ${spent})`, { advice: `Raise ${limit}; replies so far are kept and cost nothing again.`, ...options });
    this.limit = limit;
    this.allowed = allowed;
    this.spent = spent;
  }
}
