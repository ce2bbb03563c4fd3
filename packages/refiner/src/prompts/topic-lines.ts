import type { Language, RefinementContext, Topic } from '@xtm/contracts';
import { labelOf, languageName } from '../languages/language-labels';

const SEPARATOR = ' - ';

/** A topic as prompts show it: its number, then a line of words a language. */
export function topicLines(topic: Topic, languages: readonly Language[], mark = ''): string {
  const lines = languages.map((language, index) => `${labelOf(language)}: ${(topic.words[index] ?? []).join(SEPARATOR)}`);
  return [`Topic ${topic.index}:${mark}`, ...lines].join('\n');
}

/** The form that a reply should have, for one topic. */
export function replyForm(number: string, languages: readonly Language[], wordsPerTopic: number): string {
  const words = wordsPerTopic > 2 ? ['word1', 'word2', '...', `word${wordsPerTopic}`] : ['word1', 'word2'].slice(0, wordsPerTopic);
  return [`Topic ${number}: <its theme in a few words>`, ...languages.map((language) => `${labelOf(language)}: ${words.join(SEPARATOR)}`)].join('\n');
}

/** `English and Japanese`. */
export function languageList(languages: readonly Language[]): string {
  return joinNames(languages.map(languageName));
}

/** `EN stands for English, JA for Japanese`. */
export function labelLegend(languages: readonly Language[]): string {
  return languages.map((language, index) => `${labelOf(language)} ${index === 0 ? 'stands for' : 'for'} ${languageName(language)}`).join(', ');
}

/** `documents in English and Japanese (product reviews)`. */
export function documentsPhrase({ languages, description }: RefinementContext): string {
  return `documents in ${languageList(languages)}${description === undefined ? '' : ` (${description})`}`;
}

function joinNames(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
