/** What a loss was given does not fit: a wrong shape, an empty set, a setting out of range. */
export class LossInputError extends Error {
  /** The loss that was called. */
  readonly loss: string;
  /** The argument at fault. */
  readonly argument: string;

  constructor(loss: string, argument: string, problem: string) {
    super(`${loss}: ${argument} ${problem}`);
    this.name = 'LossInputError';
    this.loss = loss;
    this.argument = argument;
  }
}
