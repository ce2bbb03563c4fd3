import type { Language, RefinementContext, Topic } from '@xtm/contracts';
import { labelOf } from '../languages/language-labels';
import { refinementSteps } from './batch-prompt';
import type { PromptStyle } from './prompt-style';
import { documentsPhrase, labelLegend, topicLines } from './topic-lines';

/** All topics in one call, the reply as JSON, with a schema for endpoints that can bind the reply to one. */
export const jsonPrompt: PromptStyle = {
  name: 'json',
  wordsAsked: (wordsPerTopic) => wordsPerTopic,
  questions: (_topics, pending, context) =>
    pending.length === 0
      ? []
      : [{ topics: pending.map(({ index }) => index), messages: [{ role: 'user', content: jsonText(pending, context) }], jsonSchema: replySchema(context.languages) }],
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
  const wordLists = objectSchema(Object.fromEntries(labels.map((label) => [label, { type: 'array', items: { type: 'string' } }])));
  const topic = objectSchema({ topic: { type: 'integer' }, theme: { type: 'string' }, words: wordLists });
  return objectSchema({ topics: { type: 'array', items: topic } });
}

function objectSchema(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}
