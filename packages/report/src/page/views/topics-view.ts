import { element } from '../dom/element';
import { panel, type Panel } from '../dom/panel';
import type { PageState } from '../state/page-state';
import { topicDetail } from './topic-detail';
import { topicList } from './topic-list';
import { topicMapView } from './topic-map-view';

/** Map and list of all topics, and beside them the one that is selected. */
export function topicsView(state: PageState): Panel {
  const overview = element('div', { class: 'explorer-overview' }, topicMapView(state), topicList(state));
  return panel(
    'topics',
    'Topics',
    'Choose a topic on the map or in the list. On the map near topics use similar words, and a circle is as large as its topic’s share of the documents.',
    element('div', { class: 'explorer' }, overview, topicDetail(state)),
  );
}
