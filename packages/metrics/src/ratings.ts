import { setMaxListeners } from 'node:events';
import {
  type ChatMessage,
  type ChatModel,
  type ChatSettings,
  EndpointError,
  type EndpointFailure,
  InvalidOptionError,
  type Language,
  type RunOptions,
  type TokenUsage,
  type Topic,
} from '@xtm/contracts';
import { languagePairs, mean, meanOfKnown, type TopicScores } from './topic-scores';

export interface LlmRatingOptions {
  /** One line on what the documents are, told to the model. */
  readonly description?: string;
  /** How often each question is asked: a positive integer; 4, as in the paper, by default. */
  readonly runs?: number;
  /** Sampling temperature; the endpoint's own by default. */
  readonly temperature?: number;
}

/** Ratings from 1 to 3; a topic without a usable reply has NaN. */
export interface RatingScores extends TopicScores {
  /** Replies that gave a rating. */
  readonly counted: number;
  /** Replies that gave none, and calls that brought no reply. */
  readonly discarded: number;
}

/** What a language model thinks of topics. */
export interface LlmRatings {
  readonly model: string;
  readonly runs: number;
  /** How well the words of a topic belong together, one entry per language. */
  readonly coherence: readonly (RatingScores & { readonly language: string })[];
  /** How similar a topic's words in two languages are, one entry per pair of languages. */
  readonly similarity: readonly (RatingScores & { readonly languages: readonly [string, string] })[];
  /** Tokens of all replies, those from a cache among them. */
  readonly usage: TokenUsage;
}

/**
 * Ratings by a language model (LLM-XTM, Section 4.4): coherence of each topic within each language and similarity of
 * its words between languages, from 1 to 3, mean of the runs per topic. Replies are read by `parseRating`; those that
 * give no rating are discarded and counted.
 *
 * Asks all questions at once; limits, retries and a cache of replies are the chat model's business. A run is told
 * apart by `round`, so a cached run costs nothing again.
 *
 * @throws InvalidOptionError for runs that are no positive integer or words that do not fit the languages.
 * @throws EndpointError, BudgetExceededError when nothing could be asked further.
 * @throws AbortedError when stopped.
 */
export async function llmRatings(
  topics: readonly Topic[],
  languages: readonly Language[],
  model: ChatModel,
  options: LlmRatingOptions = {},
  run: RunOptions = {},
): Promise<LlmRatings> {
  const { runs = 4, description, temperature } = options;
  if (!(Number.isInteger(runs) && runs > 0)) throw new InvalidOptionError('runs', runs, 'must be a positive integer');
  checkLanguages(topics, languages);
  const dataset: RatedDataset = { languages, description };
  const coherent = languages.map((language, index) => ({
    language: language.code,
    prompts: topics.map((topic) => coherencePrompt(topic.words[index]!, dataset)),
  }));
  const similar = languagePairs(languages.length).map(([first, second]) => ({
    languages: [languages[first]!.code, languages[second]!.code] as const,
    prompts: topics.map(({ words }) =>
      similarityPrompt(
        { language: languages[first]!, words: words[first]! },
        { language: languages[second]!, words: words[second]! },
        dataset,
      ),
    ),
  }));
  const questions = [...coherent, ...similar].flatMap(({ prompts }) =>
    prompts.flatMap((messages) => repeat(messages, runs)),
  );
  const { ratings, usage } = await askForRatings(
    questions,
    model,
    temperature === undefined ? {} : { temperature },
    run,
  );
  let start = 0;
  const scoresOfNext = () => ratingScores(ratings.slice(start, (start += topics.length * runs)), runs);
  return {
    model: model.name,
    runs,
    coherence: coherent.map(({ language }) => ({ language, ...scoresOfNext() })),
    similarity: similar.map((pair) => ({ languages: pair.languages, ...scoresOfNext() })),
    usage,
  };
}

function checkLanguages(topics: readonly Topic[], languages: readonly Language[]): void {
  const wrong = topics.find(({ words }) => words.length !== languages.length);
  if (wrong !== undefined) {
    throw new InvalidOptionError(
      'topics',
      wrong.words.length,
      `topic ${wrong.index} has words in ${wrong.words.length} languages, not ${languages.length}`,
    );
  }
}

function repeat(messages: readonly ChatMessage[], runs: number): RatingQuestion[] {
  return Array.from({ length: runs }, (_, round) => ({ messages, round }));
}

function ratingScores(ratings: readonly (number | undefined)[], runs: number): RatingScores {
  const perTopic = Array.from({ length: ratings.length / runs }, (_, topic) =>
    mean(ratings.slice(topic * runs, (topic + 1) * runs).filter((rating) => rating !== undefined)),
  );
  const counted = ratings.filter((rating) => rating !== undefined).length;
  return { perTopic, mean: meanOfKnown(perTopic), counted, discarded: ratings.length - counted };
}

/** One question of one run. */
interface RatingQuestion {
  readonly messages: readonly ChatMessage[];
  readonly round: number;
}

interface RatingReplies {
  /** [questions]; undefined where the reply gave no rating or none came. */
  readonly ratings: readonly (number | undefined)[];
  readonly usage: TokenUsage;
}

/** Failures that tell of one question, not of the endpoint: the others may still be answered. */
const OF_ONE_QUESTION: ReadonlySet<EndpointFailure> = new Set(['invalidReply', 'badRequest', 'timeout']);

/**
 * Asks every question. A question that fails on its own has no rating; if every question fails, or the endpoint does,
 * the rest is cancelled and the failure passed on.
 */
async function askForRatings(
  questions: readonly RatingQuestion[],
  model: ChatModel,
  settings: ChatSettings,
  run: RunOptions,
): Promise<RatingReplies> {
  const cancel = new AbortController();
  const signal = run.signal === undefined ? cancel.signal : AbortSignal.any([run.signal, cancel.signal]);
  // Every call under way listens to it; the platform would take that for a leak.
  setMaxListeners(0, signal);
  const usage = { inputTokens: 0, outputTokens: 0 };
  const failures: EndpointError[] = [];
  let done = 0;

  const ask = async ({ messages, round }: RatingQuestion): Promise<number | undefined> => {
    try {
      const reply = await model.complete(messages, { ...settings, round, signal });
      usage.inputTokens += reply.usage.inputTokens;
      usage.outputTokens += reply.usage.outputTokens;
      return parseRating(reply.text);
    } catch (error) {
      if (!(error instanceof EndpointError && OF_ONE_QUESTION.has(error.failure))) throw error;
      failures.push(error);
      return undefined;
    } finally {
      run.onProgress?.({ stage: 'asking for ratings', done: ++done, total: questions.length });
    }
  };

  try {
    const ratings = await Promise.all(questions.map(ask));
    if (failures.length > 0 && failures.length === questions.length) throw failures[0]!;
    return { ratings, usage };
  } catch (error) {
    cancel.abort();
    throw error;
  }
}

/** What prompts say about the documents that topics were learnt from. */
interface RatedDataset {
  /** One line on what the documents are, for example `product reviews of an online shop`. */
  readonly description?: string;
  readonly languages: readonly Language[];
}

const SCALE_RULE = 'Reply with a single digit and nothing else.';

/** Asks how well the words of one topic in one language belong together (content of the LLM-XTM paper's Table 6). */
function coherencePrompt(words: readonly string[], dataset: RatedDataset): ChatMessage[] {
  const task = 'You are a careful assistant who judges topic models. You are shown the top words of one topic.';
  const scale =
    'Rate how related these words are to each other, from 1 to 3: 1 means hardly related, 2 means fairly related, 3 ' +
    'means strongly related. Your rating says how good the topic is as a whole.';
  return [
    { role: 'system', content: [task, describe(dataset), scale, SCALE_RULE].join(' ') },
    { role: 'user', content: words.join(', ') },
  ];
}

/** Asks how similar the themes of a topic's words in two languages are (content of the LLM-XTM paper's Table 7). */
function similarityPrompt(
  first: { readonly language: Language; readonly words: readonly string[] },
  second: { readonly language: Language; readonly words: readonly string[] },
  dataset: RatedDataset,
): ChatMessage[] {
  const task =
    'You are a careful assistant who compares topics that a topic model found in comparable documents of different ' +
    'languages. You are shown two sets of top words, one a language.';
  const scale =
    'Rate how similar the themes behind the two sets are, from 1 to 3: 1 means hardly similar, 2 means fairly ' +
    'similar, 3 means very similar.';
  const sets = [first, second].map(
    ({ language, words }, index) => `Language ${index + 1} (${languageName(language)}): ${words.join(', ')}`,
  );
  return [
    { role: 'system', content: [task, describe(dataset), scale, SCALE_RULE].join(' ') },
    { role: 'user', content: sets.join('\n') },
  ];
}

function describe({ description, languages }: RatedDataset): string {
  const names = new Intl.ListFormat('en').format(languages.map(languageName));
  return description === undefined
    ? `The documents are in ${names}.`
    : `The documents are ${description.replace(/\.\s*$/, '')} (in ${names}).`;
}

/** English name of a language, or its code where there is none. */
function languageName({ code }: Language): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code;
}

const RATINGS: readonly number[] = [1, 2, 3];
const WORDS: ReadonlyMap<string, number> = new Map([['one', 1], ['two', 2], ['three', 3]]);

/** What reasoning models put before their answer. */
const THINKING = /<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/gi;
const MARKUP = /[*_`"'“”‘’「」『』#>\\{}[\]]/g;
/** Mentions of the scale itself: `/3`, `out of 3`, `from 1 to 3`, `1-3`. */
const SCALE = /\s*(?:\/|\bout of)\s*3\b|\b(?:from\s+|between\s+)?1\s*(?:-|–|—|to|and)\s*3\b/gi;
const LABELLED =
  /\b(?:ratings?|scores?|answer|judge?ment)\b\s*(?:is|would be|of|:|=)*\s*(?<value>[-−]?\d+(?:[.,]\d+)?)/gi;
const NUMBER = /(?<![\w.])[-−]?\d+(?:[.,]\d+)?(?![\w])/g;
const LONE_WORD = /^(?:(?:the\s+)?(?:rating|score|answer)\s*(?:is|:|=)?\s*)?(?<word>[a-z]+)\s*[.!]?$/i;

/**
 * Rating from 1 to 3 that a model's reply gives, or undefined if it gives none or is not clear.
 *
 * Counted: a digit, alone (`3`), marked up (`**3**`), over its scale (`3/3`, `2 out of 3`), named (`Rating: 2`), or as
 * the only number of a sentence; a lone number word (`two`); full-width digits; all this after a block of reasoning.
 * Not counted: an empty reply, a refusal, numbers outside the scale (`5`) or between its steps (`2.5`), and replies
 * that name several ratings without saying which is meant.
 */
export function parseRating(reply: string): number | undefined {
  const text = reply.normalize('NFKC').replace(THINKING, ' ').replace(MARKUP, ' ').replace(SCALE, ' ').trim();
  const named = [...text.matchAll(LABELLED)].map((match) => match.groups!['value']!);
  const numbers = named.length > 0 ? named : (text.match(NUMBER) ?? []);
  if (numbers.length === 0) return WORDS.get(LONE_WORD.exec(text)?.groups?.['word']?.toLowerCase() ?? '');
  const values = new Set(numbers.map((number) => Number(number.replace(',', '.').replace('−', '-'))));
  const [value] = values;
  return values.size === 1 && RATINGS.includes(value!) ? value : undefined;
}
