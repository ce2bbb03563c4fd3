import { InvalidOptionError, type RefinementContext, type Topic } from '@xtm/contracts';
import type { PromptStyle } from './prompt-style';
import { documentsPhrase, labelLegend, languageList, replyForm, topicLines } from './topic-lines';

const PLACEHOLDERS = ['topics', 'target', 'number', 'count', 'words', 'languages', 'labels', 'documents', 'form'] as const;

type Placeholder = (typeof PLACEHOLDERS)[number];

/**
 * A prompt in the user's own words. In it stand `{topics}` (all topics asked about, with their words), `{count}` (how
 * many there are), `{words}` (words a language to ask for), `{languages}`, `{labels}`, `{documents}` (what the documents
 * are) and `{form}` (the form that replies should have). With `{target}` (one topic with its words) every topic is asked
 * for in a call of its own, `{number}` being its number and `{topics}` all topics; without, all in one call. Throws
 * `InvalidOptionError` for an unknown placeholder, and when topics appear nowhere.
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
  const unknown = [...template.matchAll(/\{([A-Za-z]+)\}/g)].find(([, name]) => !PLACEHOLDERS.includes(name as Placeholder));
  const advice = `Placeholders: ${PLACEHOLDERS.map((name) => `{${name}}`).join(', ')}.`;
  if (unknown !== undefined) throw new InvalidOptionError('template', template, `there is no placeholder ${unknown[0]}`, { advice });
  if (!template.includes('{topics}') && !template.includes('{target}')) throw new InvalidOptionError('template', template, 'shows no topic', { advice });
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
