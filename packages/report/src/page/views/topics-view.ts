import { element } from '../dom/element';
import { panel, type Panel } from '../dom/panel';
import type { PageState } from '../state/page-state';
import { topicDetail } from './topic-detail';
import { topicList } from './topic-list';
import { topicMapView } from './topic-map-view';
import { levelledNote } from './warnings-view';

/** List and map of all topics, and beside them the one that is selected. */
export function topicsView(state: PageState): Panel {
  const overview = element('div', { class: 'explorer-overview' }, topicList(state), topicMapView(state));
  return panel(
    'topics',
    'Topics',
    'Choose a topic in the list or on the map. The first figure is the topic’s mean share of a training document, the second how many of the documents have it as their main topic. On the map near topics use similar words, and a circle is as large as its topic’s share.',
    ...(state.data.prevalenceIsLevelled ? [levelledNote()] : []),
    element('div', { class: 'explorer' }, overview, topicDetail(state)),
  );
}
