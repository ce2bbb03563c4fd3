import { InvalidOptionError, type RunOptions } from '@xtm/contracts';
import { type EvaluateTopicsOptions, type EvaluationInput, parseEvaluationOptions } from './evaluation-input';
import { type Metric, type MetricContext, missingNeed, Omission } from './measure';
import { type MeasureName, type Measures, metrics } from './measures';

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
export async function evaluateTopics(
  input: EvaluationInput,
  options: EvaluateTopicsOptions = {},
  run: RunOptions = {},
): Promise<TopicEvaluation> {
  checkInput(input);
  const measures: Partial<Record<MeasureName, unknown>> = {};
  const context: MetricContext = {
    input,
    options: parseEvaluationOptions(options),
    run,
    known: <Value>({ name }: Metric<string, Value>) => measures[name as MeasureName] as Value | undefined,
  };
  const omitted: OmittedMeasure[] = [];
  const report = (done: number): void => run.onProgress?.({ stage: 'evaluating', done, total: metrics.size });
  let done = 0;
  for (const { name, needs = [], ...metric } of metrics.values()) {
    report(done++);
    const outcome = missingNeed(needs, input) ?? (await metric.compute(context));
    if (outcome instanceof Omission) omitted.push({ measure: name, reason: outcome.reason });
    else measures[name] = outcome;
  }
  report(done);
  const languages = input.languages.map(({ language }) => language.code);
  return {
    languages,
    numTopics: input.topics.length,
    topWords: Math.max(...input.topics.flatMap(({ words }) => words.map((list) => list.length))),
    measures: measures as Partial<Measures>,
    omitted,
    warnings: evaluationWarnings(measures as Partial<Measures>, input.topics.length, languages),
  };
}

function checkInput({ topics, languages }: EvaluationInput): void {
  if (topics.length === 0) throw new InvalidOptionError('topics', 0, 'there are no topics to evaluate');
  const wrong = topics.find(({ words }) => words.length !== languages.length);
  if (wrong !== undefined) {
    throw new InvalidOptionError(
      'topics',
      wrong.words.length,
      `topic ${wrong.index} has words in ${wrong.words.length} languages, not ${languages.length}`,
    );
  }
}

/** A sign that a model's topics say little about its documents, whatever its other figures are. */
export interface EvaluationWarning {
  readonly kind: 'fewEffectiveTopics' | 'largeMainTopic' | 'uninformativeProportions';
  /** Code of the language that it is about. */
  readonly language: string;
  readonly value: number;
  /** What the value should have been on the other side of. */
  readonly limit: number;
  /** The facts in one sentence for people. */
  readonly message: string;
}

/** Standard deviations of the floor that document completion has to be above it. */
const CLEAR_OF_FLOOR = 3;

/**
 * What is striking in how documents spread over topics, language by language:
 *
 * - fewer effective topics than half of the topics;
 * - a main topic that more than half of the documents share (with fewer than four topics: more than twice an equal
 *   share);
 * - proportions that predict a document's unseen words no better than the unigram model, or not clearly better than
 *   another document's proportions do: three standard deviations of the permuted figure.
 */
export function evaluationWarnings(
  { topicShares, documentCompletion }: Partial<Measures>,
  numTopics: number,
  languages: readonly string[],
): EvaluationWarning[] {
  return languages.flatMap((language, index) => [
    ...effectiveTopics(language, topicShares?.perLanguage[index]?.effective, numTopics),
    ...mainTopic(language, topicShares?.perLanguage[index]?.largestMainTopic, numTopics),
    ...completion(language, documentCompletion?.perLanguage[index]),
  ]);
}

function effectiveTopics(language: string, value: number | undefined, numTopics: number): EvaluationWarning[] {
  const limit = numTopics / 2;
  if (value === undefined || !(value < limit)) return [];
  return [
    {
      kind: 'fewEffectiveTopics',
      language,
      value,
      limit,
      message: `In ${language} the documents use ${value.toFixed(1)} effective topics of ${numTopics}, fewer than ` +
        'half.',
    },
  ];
}

function mainTopic(language: string, value: number | undefined, numTopics: number): EvaluationWarning[] {
  const limit = Math.max(1 / 2, 2 / numTopics);
  if (value === undefined || !(value > limit)) return [];
  return [
    {
      kind: 'largeMainTopic',
      language,
      value,
      limit,
      message: `In ${language} ${Math.round(100 * value)} % of the documents have the same main topic.`,
    },
  ];
}

function completion(
  language: string,
  score: Measures['documentCompletion']['perLanguage'][number] | undefined,
): EvaluationWarning[] {
  if (score === undefined) return [];
  const { value, floor, floorDeviation } = score;
  const limit = Math.max(0, floor + CLEAR_OF_FLOOR * floorDeviation);
  if (!(value <= limit)) return [];
  const comparison =
    value <= 0
      ? 'no better than the frequencies of words in the training documents do'
      : "not clearly better than another document's proportions do";
  return [
    {
      kind: 'uninformativeProportions',
      language,
      value,
      limit,
      message: `In ${language} topic proportions predict a document's unseen words ${comparison} ` +
        `(${value.toFixed(3)} nats per word).`,
    },
  ];
}
