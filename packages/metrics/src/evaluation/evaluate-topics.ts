import { InvalidOptionError, type RunOptions } from '@xtm/contracts';
import type { EvaluationInput } from './evaluation-input';
import { parseEvaluationOptions, type EvaluateTopicsOptions } from './evaluation-options';
import { evaluationWarnings, type EvaluationWarning } from './evaluation-warnings';
import { Omission, type MeasureContext, type MeasureName, type Measures } from './measure';
import { MEASURES } from './measures';

/** A measure that the input did not allow. */
export interface OmittedMeasure {
  readonly measure: MeasureName;
  readonly reason: string;
}

/** All that could be said about a model's topics; safe to write as JSON, where NaN becomes null. */
export interface TopicEvaluation {
  /** Codes, in the order of every list over languages. */
  readonly languages: readonly string[];
  readonly numTopics: number;
  /** Most words that a topic lists in one language. */
  readonly topWords: number;
  readonly measures: Partial<Measures>;
  readonly omitted: readonly OmittedMeasure[];
  /** Signs that the topics say little about the documents. */
  readonly warnings: readonly EvaluationWarning[];
}

/**
 * Computes every measure that the input allows, and says of the others why they were left out.
 *
 * @throws InvalidOptionError for an unknown or wrong option, no topics, or topics whose languages do not fit.
 * @throws AbortedError when stopped; MissingFileError, DataFormatError, EndpointError as the measures' sources do.
 */
export async function evaluateTopics(input: EvaluationInput, options: EvaluateTopicsOptions = {}, run: RunOptions = {}): Promise<TopicEvaluation> {
  checkInput(input);
  const measures: Partial<Measures> = {};
  const context: MeasureContext = { input, options: parseEvaluationOptions(options), run, known: measures };
  const omitted: OmittedMeasure[] = [];
  const names = Object.keys(MEASURES) as MeasureName[];
  const report = (done: number): void => run.onProgress?.({ stage: 'evaluating', done, total: names.length });
  for (const [index, measure] of names.entries()) {
    report(index);
    const outcome = await MEASURES[measure].compute(context);
    if (outcome instanceof Omission) omitted.push({ measure, reason: outcome.reason });
    else Object.assign(measures, { [measure]: outcome });
  }
  report(names.length);
  const languages = input.languages.map(({ language }) => language.code);
  return {
    languages,
    numTopics: input.topics.length,
    topWords: Math.max(...input.topics.flatMap(({ words }) => words.map((list) => list.length))),
    measures,
    omitted,
    warnings: evaluationWarnings(measures, input.topics.length, languages),
  };
}

function checkInput({ topics, languages }: EvaluationInput): void {
  if (topics.length === 0) throw new InvalidOptionError('topics', 0, 'there are no topics to evaluate');
  const wrong = topics.find(({ words }) => words.length !== languages.length);
  if (wrong !== undefined) {
    throw new InvalidOptionError('topics', wrong.words.length, `topic ${wrong.index} has words in ${wrong.words.length} languages, not ${languages.length}`);
  }
}
