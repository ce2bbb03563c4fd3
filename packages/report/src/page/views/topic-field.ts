import { selectField } from '../dom/choice';
import type { PageState } from '../state/page-state';
import { topicLabel } from '../words/topic-label';

/** A drop-down list that shows and changes the selected topic. */
export function topicField({ data, topic }: PageState): HTMLElement {
  const options = data.topics.map((_, position) => ({ value: String(position), title: topicLabel(data, position) }));
  const { field, select } = selectField('Topic', options, (value) => topic.set(Number(value)));
  topic.follow((position) => {
    select.value = String(position);
  });
  return field;
}
