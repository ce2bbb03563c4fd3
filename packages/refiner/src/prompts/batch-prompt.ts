import type { RefinementContext, Topic } from '@xtm/contracts';
import type { PromptStyle } from './prompt-style';
import { documentsPhrase, labelLegend, replyForm, topicLines } from './topic-lines';

/** All topics in one call, as in Figure 4 of the LLM-XTM paper; the wording is our own. */
export const batchPrompt: PromptStyle = {
  name: 'batch',
  wordsAsked: (wordsPerTopic) => wordsPerTopic,
  questions: (_topics, pending, context) =>
    pending.length === 0 ? [] : [{ topics: pending.map(({ index }) => index), messages: [{ role: 'user', content: batchText(pending, context) }] }],
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
export function refinementSteps(wordsPerTopic: number): string {
  return `1. Find the theme that its word lists share across the languages.
2. Take out words that are noise or do not belong to the theme.
3. Put in words that belong to it, so that it becomes clear and is covered in every language.
4. Give single words only: no phrases, no hyphens, no underscores.
5. Give exactly ${wordsPerTopic} words a language.`;
}
