import { z } from 'zod';
import {
  AbortedError,
  BudgetExceededError,
  type ChatModel,
  EndpointError,
  parseOptions,
  type RunOptions,
  type TokenUsage,
} from '@xtm/contracts';
import { estimateTokens, isPassing, mapInParallel } from '@xtm/llm';
import { type Translation, type WordList, WordListBuilder } from './lists/word-list';
import { readTranslations, replySchema, translationMessages, type TranslationQuestion } from './translation-prompt';

/** Options of a translation; fields say what they are. */
export const translationSchema = z.strictObject({
  /** Words per request. Default 40. */
  batchSize: z.number().int().positive().default(40).describe('words per request'),
  /** Translations per word at most. Default 3. */
  translationsPerWord: z.number().int().positive().default(3).describe('translations per word at most'),
  /**
   * Which vocabulary is translated: the first language's, the second's, or both, which finds more and lets one check
   * the other. Default both.
   */
  direction: z.enum(['both', 'first', 'second']).default('both').meta({
    description: "which language's words are translated",
    placeholder: 'which',
  }),
  /**
   * How the model answers: in lines, which any model can write, or in JSON, to which endpoints that take a schema bind
   * even a weak one. Default lines.
   */
  form: z.enum(['lines', 'json']).default('lines').meta({
    description: 'how the model answers: json helps weak models',
    placeholder: 'form',
  }),
  /** How often a word is asked about again that a reply has no line for. Default 1. */
  repeats: z
    .number()
    .int()
    .nonnegative()
    .default(1)
    .describe('how often a word is asked about again that a reply left out'),
});

export type TranslationOptions = z.input<typeof translationSchema>;
type ResolvedTranslationOptions = z.output<typeof translationSchema>;

/** Requests under way at once, unless the model itself allows fewer. */
const REQUESTS_AT_ONCE = 8;
/** Requests that fail one after another before the rest is not tried. */
const FAILURES_BEFORE_GIVING_UP = 4;
/** A reply may be so many times as long as expected, so that a model which does not stop is stopped. */
const ROOM = 2;
/** What models that think first may need before it. */
const REASONING_TOKENS = 2_000;

export interface TranslationInput {
  /** BCP-47 codes. */
  readonly languages: readonly [string, string];
  /** Words of each language, the most important first. */
  readonly vocabularies: readonly [readonly string[], readonly string[]];
  /** One line on what the documents are: it tells the bank of a river from that of a city. */
  readonly description?: string;
}

/** What became of the words that were asked about. */
export interface TranslationReport {
  readonly asked: number;
  /** Words with at least one translation that can be used. */
  readonly translated: number;
  /** Words that the model said it does not know, or gave nothing usable for. */
  readonly unknown: number;
  /** Words that no reply had a line for. */
  readonly unanswered: number;
  /** Translations left out: of several words, or in another script than their language's. */
  readonly unusable: number;
  /** Pairs that came out of both directions. */
  readonly confirmed: number;
  readonly requests: number;
  readonly cachedReplies: number;
  /** Of the replies paid for. */
  readonly usage: TokenUsage;
  /** What went wrong with requests, each once. */
  readonly problems: readonly string[];
  /** Why the rest was not asked, where the budget ended it. */
  readonly stopped?: BudgetExceededError;
}

export interface TranslatedVocabularies {
  /** Pairs found in both directions first, then in the order of the words. */
  readonly list: WordList;
  readonly report: TranslationReport;
}

/**
 * A dictionary from a language model, which is asked to translate the words of both vocabularies in batches. Words
 * that it does not know, several-word translations and those in another script are left out. Replies that came are
 * never lost: a request that fails in a way that may pass costs its words, a used-up budget ends the work with what
 * there is.
 *
 * @throws EndpointError where no request got through or a failure will not pass, AbortedError, InvalidOptionError
 */
export async function translateVocabularies(
  model: ChatModel,
  input: TranslationInput,
  options: TranslationOptions = {},
  run: RunOptions = {},
): Promise<TranslatedVocabularies> {
  const resolved = parseOptions(translationSchema, options);
  const work = new TranslationWork(model, run);
  let pending = questionsOf(input, resolved);
  for (let attempt = 0; attempt <= resolved.repeats && pending.length > 0 && !work.hasEnded; attempt += 1) {
    await work.ask(pending, attempt);
    pending = rebatched(
      pending.map((question) => ({
        ...question,
        words: question.words.filter((word) => !work.answers(question).has(word)),
      })),
      resolved.batchSize,
    );
  }
  return work.finish(input, questionsOf(input, resolved));
}

/** What translating would take when every reply can be read at once and none is kept from before. */
export function estimateTranslation(
  input: TranslationInput,
  options: TranslationOptions = {},
): TokenUsage & { readonly requests: number; readonly words: number } {
  const resolved = parseOptions(translationSchema, options);
  const questions = questionsOf(input, resolved);
  return {
    requests: questions.length,
    words: questions.reduce((sum, { words }) => sum + words.length, 0),
    inputTokens: countTokens(
      questions.flatMap((question) => translationMessages(question).map(({ content }) => content)),
    ),
    outputTokens: questions.reduce((sum, question) => sum + replyTokens(question), 0),
  };
}

/** A line holds the word, as many translations of about its length, and the marks between. */
function replyTokens({ words, most }: TranslationQuestion): number {
  return countTokens(words) * (1 + most) + 2 * words.length * most;
}

function countTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + estimateTokens(text), 0);
}

function questionsOf(
  { languages: [first, second], vocabularies, description }: TranslationInput,
  { batchSize, translationsPerWord: most, direction, form }: ResolvedTranslationOptions,
): TranslationQuestion[] {
  const about = { most, form, ...(description !== undefined && { description }) };
  const whole: TranslationQuestion[] = [];
  if (direction !== 'second') whole.push({ from: first, into: second, words: vocabularies[0], ...about });
  if (direction !== 'first') whole.push({ from: second, into: first, words: vocabularies[1], ...about });
  return rebatched(whole, batchSize);
}

/** The same words in batches of full size, one direction after the other. */
function rebatched(questions: readonly TranslationQuestion[], batchSize: number): TranslationQuestion[] {
  const byDirection = new Map<string, TranslationQuestion>();
  for (const question of questions) {
    const known = byDirection.get(question.from);
    byDirection.set(
      question.from,
      known === undefined ? question : { ...known, words: [...known.words, ...question.words] },
    );
  }
  return [...byDirection.values()].flatMap((question) => {
    const batches = Array.from({ length: Math.ceil(question.words.length / batchSize) }, (_, index) =>
      question.words.slice(index * batchSize, (index + 1) * batchSize),
    );
    return batches.map((words) => ({ ...question, words }));
  });
}

class TranslationWork {
  private readonly byLanguage = new Map<string, Map<string, readonly string[]>>();
  private readonly problems = new Set<string>();
  private unusable = 0;
  private requests = 0;
  private cachedReplies = 0;
  private usage: TokenUsage = { inputTokens: 0, outputTokens: 0 };
  private failuresInARow = 0;
  private failure: EndpointError | undefined;
  private stopped: BudgetExceededError | undefined;
  private done = 0;

  constructor(private readonly model: ChatModel, private readonly run: RunOptions) {}

  get hasEnded(): boolean {
    return this.stopped !== undefined || this.failuresInARow >= FAILURES_BEFORE_GIVING_UP;
  }

  /** What is known so far of the words of a question's language. */
  answers({ from }: Pick<TranslationQuestion, 'from'>): Map<string, readonly string[]> {
    const known = this.byLanguage.get(from) ?? new Map<string, readonly string[]>();
    this.byLanguage.set(from, known);
    return known;
  }

  async ask(questions: readonly TranslationQuestion[], attempt: number): Promise<void> {
    const total = this.done + questions.length;
    await mapInParallel(questions, REQUESTS_AT_ONCE, async (question) => {
      if (!this.hasEnded) await this.askOne(question, attempt);
      this.done += 1;
      this.run.onProgress?.({ stage: 'translating words', done: this.done, total });
    });
  }

  private async askOne(question: TranslationQuestion, attempt: number): Promise<void> {
    const { signal } = this.run;
    if (signal?.aborted) throw new AbortedError('translating', { cause: signal.reason });
    try {
      const limits = { temperature: 0, maxTokens: REASONING_TOKENS + ROOM * replyTokens(question) };
      const reply = await this.model.complete(translationMessages(question), {
        ...limits,
        attempt,
        ...(question.form === 'json' && { jsonSchema: replySchema(question) }),
        ...(signal && { signal }),
      });
      this.failuresInARow = 0;
      this.requests += 1;
      if (reply.cached) this.cachedReplies += 1;
      else
        this.usage = {
          inputTokens: this.usage.inputTokens + reply.usage.inputTokens,
          outputTokens: this.usage.outputTokens + reply.usage.outputTokens,
        };
      const { translations, unusable } = readTranslations(reply.text, question);
      this.unusable += unusable;
      for (const [word, found] of translations) this.answers(question).set(word, found);
    } catch (error) {
      this.note(error);
    }
  }

  private note(error: unknown): void {
    if (error instanceof BudgetExceededError) {
      this.stopped ??= error;
      return;
    }
    if (!(error instanceof EndpointError) || !isPassing(error)) throw error;
    this.failuresInARow += 1;
    this.failure ??= error;
    this.problems.add(error.message);
  }

  finish({ languages }: TranslationInput, questions: readonly TranslationQuestion[]): TranslatedVocabularies {
    if (this.requests === 0 && this.failure !== undefined) throw this.failure;
    const asked = questions.flatMap((question) => question.words.map((word) => this.answers(question).get(word)));
    const pairs = this.pairs(languages, questions);
    const builder = new WordListBuilder(languages);
    for (const pair of [...pairs.filter(({ score }) => score === 2), ...pairs.filter(({ score }) => score === 1)])
      builder.add(pair);
    return {
      list: builder.build(),
      report: {
        asked: asked.length,
        translated: asked.filter((found) => found !== undefined && found.length > 0).length,
        unknown: asked.filter((found) => found?.length === 0).length,
        unanswered: asked.filter((found) => found === undefined).length,
        unusable: this.unusable,
        confirmed: pairs.filter(({ score }) => score === 2).length / 2,
        requests: this.requests,
        cachedReplies: this.cachedReplies,
        usage: this.usage,
        problems: [...this.problems],
        ...(this.stopped && { stopped: this.stopped }),
      },
    };
  }

  /**
   * All pairs of both directions, in the order of the words and not of the replies; those that both gave stand twice
   * and have a score of 2.
   */
  private pairs(
    [first]: TranslationInput['languages'],
    questions: readonly TranslationQuestion[],
  ): (Translation & { readonly score: number })[] {
    return questions.flatMap((question) => {
      const [answers, others] = [this.answers(question), this.answers({ from: question.into })];
      return question.words.flatMap((word) =>
        (answers.get(word) ?? []).map((translation) => {
          const score = others.get(translation)?.includes(word) === true ? 2 : 1;
          return question.from === first
            ? { first: word, second: translation, score }
            : { first: translation, second: word, score };
        }),
      );
    });
  }
}
