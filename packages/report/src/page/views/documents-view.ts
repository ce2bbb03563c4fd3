import type { DocumentData } from '../../contract/topic-data';
import { type Child, element, missingNote, panel, type Panel } from '../dom';
import { formatShare } from '../format';
import type { PageState } from '../state';
import { highlightWords } from '../words';
import { topicField } from './fields';

/** Words of a topic that are marked in its documents. */
const MARKED_WORDS = 30;

/** Documents in which the selected topic weighs most, the languages side by side. */
export function documentsView(state: PageState): Panel {
  const { documents, languages, topics } = state.data;
  const lists = languages.map(({ code }) => element('ol', { class: 'documents', lang: code }));
  state.topic.follow((topic) =>
    lists.forEach((list, language) =>
      list.replaceChildren(
        ...topics[topic]!.documents[language]!.map((position) => documentItem(state, documents.documents[position]!)),
      ),
    ),
  );
  return panel(
    'documents',
    'Documents',
    'Documents in which the topic weighs most. Its words are marked; where the dataset has bags of words only, a ' +
      'document is shown by its heaviest words with their counts.',
    element('div', { class: 'controls' }, topicField(state)),
    ...(documents.missing === undefined ? [] : [missingNote(documents.missing)]),
    element(
      'div',
      { class: 'languages' },
      ...lists.map((list, language) =>
        element(
          'section',
          { style: `--tone: var(--language-${language % 4})` },
          element('h3', { class: 'language-name' }, languages[language]!.name),
          list,
        ),
      ),
    ),
  );
}

function documentItem(state: PageState, document: DocumentData): HTMLElement {
  const { id, split, label, metadata, topics } = document;
  const facts = [...(label === undefined ? [] : [['label', label] as const]), ...metadata];
  const share = topics.find(([topic]) => topic === state.topic.value)?.[1];
  return element(
    'li',
    { class: 'document' },
    element(
      'div',
      { class: 'document-head', lang: 'en' },
      element('span', { class: 'document-id' }, id),
      element('span', { class: 'quiet' }, split === 'test' ? 'held out' : 'training'),
      ...facts.map(([name, value]) => element('span', { class: 'fact' }, element('span', {}, `${name} `), value)),
      ...(share === undefined ? [] : [element('strong', { class: 'document-share' }, formatShare(share))]),
    ),
    ...contentOf(state, document),
  );
}

function contentOf({ data, topic }: PageState, { language, text, cut, words }: DocumentData): HTMLElement[] {
  const table = data.words[language]!.words;
  const marked = data.topics[topic.value]!.words[language]!.words.slice(0, MARKED_WORDS);
  if (text !== undefined) {
    const pieces = highlightWords(
      text,
      marked.map((word) => table[word]!),
      data.languages[language]!.code,
    ).map(({ text: piece, isMarked }): Child => (isMarked ? element('mark', {}, piece) : piece));
    return [element('p', { class: 'document-text' }, ...pieces, ...(cut ? ['…'] : []))];
  }
  if (words === undefined) return [];
  const items = words.map(([word, count]) =>
    element(
      'li',
      {},
      marked.includes(word) ? element('mark', {}, table[word]!) : table[word]!,
      ...(count > 1 ? [element('small', {}, `×${count}`)] : []),
    ),
  );
  return [element('ul', { class: 'document-words' }, ...items)];
}
