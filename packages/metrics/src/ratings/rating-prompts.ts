import type { ChatMessage, Language } from '@xtm/contracts';

/** What prompts say about the documents that topics were learnt from. */
export interface RatedDataset {
  /** One line on what the documents are, for example `product reviews of an online shop`. */
  readonly description?: string;
  readonly languages: readonly Language[];
}

const SCALE_RULE = 'Reply with a single digit and nothing else.';

/** Asks how well the words of one topic in one language belong together (content of the LLM-XTM paper's Table 6). */
export function coherencePrompt(words: readonly string[], dataset: RatedDataset): ChatMessage[] {
  const task = 'You are a careful assistant who judges topic models. You are shown the top words of one topic.';
  const scale = 'Rate how related these words are to each other, from 1 to 3: 1 means hardly related, 2 means fairly related, 3 means strongly related. Your rating says how good the topic is as a whole.';
  return [
    { role: 'system', content: [task, describe(dataset), scale, SCALE_RULE].join(' ') },
    { role: 'user', content: words.join(', ') },
  ];
}

/** Asks how similar the themes of a topic's words in two languages are (content of the LLM-XTM paper's Table 7). */
export function similarityPrompt(
  first: { readonly language: Language; readonly words: readonly string[] },
  second: { readonly language: Language; readonly words: readonly string[] },
  dataset: RatedDataset,
): ChatMessage[] {
  const task = 'You are a careful assistant who compares topics that a topic model found in comparable documents of different languages. You are shown two sets of top words, one a language.';
  const scale = 'Rate how similar the themes behind the two sets are, from 1 to 3: 1 means hardly similar, 2 means fairly similar, 3 means very similar.';
  const sets = [first, second].map(({ language, words }, index) => `Language ${index + 1} (${languageName(language)}): ${words.join(', ')}`);
  return [
    { role: 'system', content: [task, describe(dataset), scale, SCALE_RULE].join(' ') },
    { role: 'user', content: sets.join('\n') },
  ];
}

function describe({ description, languages }: RatedDataset): string {
  const names = new Intl.ListFormat('en').format(languages.map(languageName));
  return description === undefined ? `The documents are in ${names}.` : `The documents are ${description.replace(/\.\s*$/, '')} (in ${names}).`;
}

/** English name of a language, or its code where there is none. */
function languageName({ code }: Language): string {
  return new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code;
}
