import type { DocumentMapData } from '../../contract/document-map-data';
import { languageColour, type Colours } from '../charts/colours';
import type { PageState } from '../state/page-state';
import { topicLabel } from '../words/topic-label';

export type Grouping = 'language' | 'topic' | 'label';

/** Documents of the map that share a colour. */
export interface DocumentGroup {
  readonly name: string;
  readonly colour: string;
  /** Drawn behind the others. */
  readonly isFaint: boolean;
  /** Positions on the map. */
  readonly documents: readonly number[];
}

/** Groups that get a colour of their own; the selected topic is always one of them. */
const COLOURED = 8;

/** Puts the documents of the map into groups: the largest ones with colours of their own, all others together. */
export function documentGroups(state: PageState, map: DocumentMapData, grouping: Grouping, colours: Colours): DocumentGroup[] {
  const everyDocument = [...map.x.keys()];
  if (grouping === 'language') {
    return state.data.languages.map(({ name }, language) => ({ name, colour: languageColour(colours, language), isFaint: false, documents: everyDocument.filter((at) => map.language[at] === language) }));
  }
  const keys = map[grouping];
  const sizes = new Map<number, number>();
  for (const key of keys) if (key >= 0) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  const bySize = [...sizes].sort((a, b) => b[1] - a[1]).map(([key]) => key);
  const selected = grouping === 'topic' ? state.topic.value : undefined;
  const shown = [...new Set([...(selected === undefined ? [] : [selected]), ...bySize])].slice(0, COLOURED);
  const others = everyDocument.filter((at) => !shown.includes(keys[at]!));
  const nameOf = (key: number): string => (grouping === 'topic' ? topicLabel(state.data, key) : map.labels[key]!);
  return [
    ...(others.length === 0 ? [] : [{ name: 'all others', colour: colours.muted, isFaint: true, documents: others }]),
    ...shown.map((key, at) => ({ name: nameOf(key), colour: colours.categories[at]!, isFaint: false, documents: everyDocument.filter((document) => keys[document] === key) })),
  ];
}
