import {
  type ChatMessage,
  InvalidOptionError,
  type Language,
  type RefinementContext,
  type Topic,
} from '@xtm/contracts';
import { labelOf, languageName } from './language-labels';

/** One call of a chat model. */
export interface Question {
  /** Indices of the topics it asks about. */
  readonly topics: readonly number[];
  readonly messages: readonly ChatMessage[];
  /** Schema of the reply, where it should be JSON. */
  readonly jsonSchema?: Readonly<Record<string, unknown>>;
}

/** A way of asking for better topics. */
export interface PromptStyle {
  readonly name: string;
  /** Words per language to ask for, given how many are wanted in the end. */
  readonly wordsAsked: (wordsPerTopic: number) => number;
  /** Longest reply in tokens; as long as the endpoint lets it be when absent. */
  readonly maxTokens?: number;
  /** What to ask to have the topics of `pending` refined; `topics` are all there are. */
  readonly questions: (topics: readonly Topic[], pending: readonly Topic[], context: RefinementContext) => Question[];
}

const SEPARATOR = ' - ';

/** A topic as prompts show it: its number, then a line of words per language. */
export function topicLines(topic: Topic, languages: readonly Language[], mark = ''): string {
  const lines = languages.map(
    (language, index) => `${labelOf(language)}: ${(topic.words[index] ?? []).join(SEPARATOR)}`,
  );
  return [`Topic ${topic.index}:${mark}`, ...lines].join('\n');
}

/** The form that a reply should have, for one topic. */
function replyForm(number: string, languages: readonly Language[], wordsPerTopic: number): string {
  const words =
    wordsPerTopic > 2 ? ['word1', 'word2', '...', `word${wordsPerTopic}`] : ['word1', 'word2'].slice(0, wordsPerTopic);
  return [
    `Topic ${number}: <its theme in a few words>`,
    ...languages.map((language) => `${labelOf(language)}: ${words.join(SEPARATOR)}`),
  ].join('\n');
}

/** `English and Japanese`. */
function languageList(languages: readonly Language[]): string {
  return joinNames(languages.map(languageName));
}

/** `EN stands for English, JA for Japanese`. */
function labelLegend(languages: readonly Language[]): string {
  return languages
    .map((language, index) => `${labelOf(language)} ${index === 0 ? 'stands for' : 'for'} ${languageName(language)}`)
    .join(', ');
}

/** `documents in English and Japanese (product reviews)`. */
function documentsPhrase({ languages, description }: RefinementContext): string {
  return `documents in ${languageList(languages)}${description === undefined ? '' : ` (${description})`}`;
}

function joinNames(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** All topics in one call, as in Figure 4 of the LLM-XTM paper; the wording is our own. */
export const batchPrompt: PromptStyle = {
  name: 'batch',
  wordsAsked: (wordsPerTopic) => wordsPerTopic,
  questions: (_topics, pending, context) =>
    pending.length === 0
      ? []
      : [
          {
            topics: pending.map(({ index }) => index),
            messages: [{ role: 'user', content: batchText(pending, context) }],
          },
        ],
};

function batchText(topics: readonly Topic[], context: RefinementContext): string {
  const { languages, wordsPerTopic } = context;
  return `A topic model was run on ${documentsPhrase(context)}. These are the strongest words of ${topics.length} of its topics, a line a language (${labelLegend(languages)}):

${topics.map((topic) => topicLines(topic, languages)).join('\n\n')}

Improve every topic:
${refinementSteps(wordsPerTopic)}

Reply with the topics alone, in the order in which they stand above and with the same numbers, each in this form:

${replyForm('<number>', languages, wordsPerTopic)}

Put " - " between words. Write every line's words in the language of its label.`;
}

/** What to do with a topic, as a list. */
function refinementSteps(wordsPerTopic: number): string {
  return `1. Find the theme that its word lists share across the languages.
2. Take out words that are noise or do not belong to the theme.
3. Put in words that belong to it, so that it becomes clear and is covered in every language.
4. Give single words only: no phrases, no hyphens, no underscores.
5. Give exactly ${wordsPerTopic} words a language.`;
}

/** More words are asked for than are kept, as the public code does, to leave the vote a choice. */
const EXTRA_WORDS = 5;

/**
 * One call per topic that shows all topics and marks the one meant, as the public code asks; the wording is our own.
 */
export const perTopicPrompt: PromptStyle = {
  name: 'per-topic',
  wordsAsked: (wordsPerTopic) => wordsPerTopic + EXTRA_WORDS,
  maxTokens: 1_024,
  questions: (topics, pending, context) =>
    pending.map((target) => ({
      topics: [target.index],
      messages: [
        { role: 'system', content: 'You are an expert on topics that documents in several languages have in common.' },
        { role: 'user', content: perTopicText(topics, target, context) },
      ],
    })),
};

function perTopicText(topics: readonly Topic[], target: Topic, context: RefinementContext): string {
  const { languages, wordsPerTopic } = context;
  return `A topic model found ${topics.length} topics in ${documentsPhrase(context)}. These are their strongest words, a line a language (${labelLegend(languages)}):

${topics.map((topic) => topicLines(topic, languages, topic.index === target.index ? ' <<< the topic to improve' : '')).join('\n\n')}

Improve topic ${target.index} alone. Once more, its words are:

${topicLines(target, languages)}

1. Find the theme that its words share across the languages.
2. Choose the ${wordsPerTopic} best words a language for this theme; you may add fitting words.
3. Leave out noise and words that would fit any topic.
4. Keep it apart from the other topics listed.
5. Give single words only: no phrases, no hyphens, no underscores.

Reply in plain text with these lines and nothing else:

${replyForm(String(target.index), languages, wordsPerTopic)}

Put " - " between words. Write every line's words in the language of its label.`;
}

/** All topics in one call, the reply as JSON, with a schema for endpoints that can bind the reply to one. */
export const jsonPrompt: PromptStyle = {
  name: 'json',
  wordsAsked: (wordsPerTopic) => wordsPerTopic,
  questions: (_topics, pending, context) =>
    pending.length === 0
      ? []
      : [
          {
            topics: pending.map(({ index }) => index),
            messages: [{ role: 'user', content: jsonText(pending, context) }],
            jsonSchema: replySchema(context.languages),
          },
        ],
};

function jsonText(topics: readonly Topic[], context: RefinementContext): string {
  const { languages, wordsPerTopic } = context;
  return `A topic model was run on ${documentsPhrase(context)}. These are the strongest words of ${topics.length} of its topics, a line a language (${labelLegend(languages)}):

${topics.map((topic) => topicLines(topic, languages)).join('\n\n')}

Improve every topic:
${refinementSteps(wordsPerTopic)}

Reply with JSON alone, every topic under its number:

${JSON.stringify({ topics: [{ topic: 0, theme: 'its theme in a few words', words: Object.fromEntries(languages.map((language) => [labelOf(language), ['word1', 'word2']])) }] })}`;
}

/** JSON schema of a reply: strict, so every member is required and no other is allowed. */
function replySchema(languages: readonly Language[]): Readonly<Record<string, unknown>> {
  const labels = languages.map(labelOf);
  const wordLists = objectSchema(
    Object.fromEntries(labels.map((label) => [label, { type: 'array', items: { type: 'string' } }])),
  );
  const topic = objectSchema({ topic: { type: 'integer' }, theme: { type: 'string' }, words: wordLists });
  return objectSchema({ topics: { type: 'array', items: topic } });
}

function objectSchema(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

const PLACEHOLDERS = [
  'topics',
  'target',
  'number',
  'count',
  'words',
  'languages',
  'labels',
  'documents',
  'form',
] as const;

type Placeholder = (typeof PLACEHOLDERS)[number];

/**
 * A prompt in the user's own words. In it stand `{topics}` (all topics asked about, with their words), `{count}` (how
 * many there are), `{words}` (words per language to ask for), `{languages}`, `{labels}`, `{documents}` (what the
 * documents are) and `{form}` (the form that replies should have). With `{target}` (one topic with its words) every
 * topic is asked for in a call of its own, `{number}` being its number and `{topics}` all topics; without, all in one
 * call. Throws `InvalidOptionError` for an unknown placeholder, and when topics appear nowhere.
 */
export function templatePrompt(template: string): PromptStyle {
  checkTemplate(template);
  const perTopic = template.includes('{target}');
  return {
    name: 'template',
    wordsAsked: (wordsPerTopic) => wordsPerTopic,
    questions: (topics, pending, context) =>
      (perTopic ? pending.map((target) => [target]) : pending.length === 0 ? [] : [pending]).map((asked) => ({
        topics: asked.map(({ index }) => index),
        messages: [{ role: 'user', content: fill(template, perTopic ? topics : asked, asked, context) }],
      })),
  };
}

function checkTemplate(template: string): void {
  const unknown = [...template.matchAll(/\{([A-Za-z]+)\}/g)].find(
    ([, name]) => !PLACEHOLDERS.includes(name as Placeholder),
  );
  const advice = `Placeholders: ${PLACEHOLDERS.map((name) => `{${name}}`).join(', ')}.`;
  if (unknown !== undefined)
    throw new InvalidOptionError('template', template, `there is no placeholder ${unknown[0]}`, { advice });
  if (!template.includes('{topics}') && !template.includes('{target}'))
    throw new InvalidOptionError('template', template, 'shows no topic', { advice });
}

function fill(template: string, shown: readonly Topic[], asked: readonly Topic[], context: RefinementContext): string {
  const { languages, wordsPerTopic } = context;
  const number = asked.length === 1 ? String(asked[0]!.index) : '<number>';
  const values: Readonly<Record<Placeholder, string>> = {
    topics: shown.map((topic) => topicLines(topic, languages)).join('\n\n'),
    target: asked.map((topic) => topicLines(topic, languages)).join('\n\n'),
    number,
    count: String(shown.length),
    words: String(wordsPerTopic),
    languages: languageList(languages),
    labels: labelLegend(languages),
    documents: documentsPhrase(context),
    form: replyForm(number, languages, wordsPerTopic),
  };
  return template.replace(/\{([A-Za-z]+)\}/g, (_match, name: Placeholder) => values[name]);
}
