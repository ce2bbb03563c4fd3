import type { RefinementContext, Topic } from '@xtm/contracts';
import type { PromptStyle } from './prompt-style';
import { documentsPhrase, labelLegend, replyForm, topicLines } from './topic-lines';

/** More words are asked for than are kept, as the public code does, to leave the vote a choice. */
const EXTRA_WORDS = 5;

/** One call a topic that shows all topics and marks the one meant, as the public code asks; the wording is our own. */
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
