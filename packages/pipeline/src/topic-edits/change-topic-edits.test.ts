import { InvalidOptionError } from '@xtm/contracts';
import { applyTopicEdits } from './shown-topics';
import { changeTopicEdits, type TopicChanges } from './change-topic-edits';
import { NOTHING_EDITED } from '../run-folder/topic-edits';

const change = (edits = NOTHING_EDITED, changes: TopicChanges = {}) => changeTopicEdits(edits, changes, 6);

describe('changeTopicEdits', () => {
  it('names, merges and hides, and takes each back', () => {
    const edited = change(undefined, { rename: [[5, ' Music ']], merge: [[4, 1]], hide: [2] });
    expect(edited).toEqual({ names: { 5: 'Music' }, merged: [[1, 4]], hidden: [2] });
    expect(change(edited, { rename: [[5, '']], unmerge: [4], show: [2] })).toEqual(NOTHING_EDITED);
    expect(change(edited, { reset: true })).toEqual(NOTHING_EDITED);
  });

  it('unites mergers that meet, under the lowest number and the first name', () => {
    const merged = change(change(change(undefined, { rename: [[5, 'Music']] }), { merge: [[3, 5]] }), {
      merge: [
        [5, 0],
        [1, 2],
      ],
    });
    expect(merged).toEqual({
      names: { 0: 'Music', 3: 'Music', 5: 'Music' },
      merged: [
        [0, 3, 5],
        [1, 2],
      ],
      hidden: [],
    });
    expect(applyTopicEdits(merged, 6)).toEqual([
      { index: 0, name: 'Music', members: [0, 3, 5] },
      { index: 1, members: [1, 2] },
      { index: 4, members: [4] },
    ]);
  });

  it.each<[string, TopicChanges, string]>([
    ['a topic that does not exist', { hide: [6] }, 'topics 0 to 5'],
    ['a part of a merger', { merge: [[1, 4]], rename: [[4, 'x']] }, 'a part of topic 1'],
    ['hiding a part', { merge: [[1, 4]], hide: [4] }, 'a part of topic 1'],
    ['one topic alone', { merge: [[3, 3]] }, 'two different topics'],
    ['what is not hidden', { show: [3] }, 'not hidden'],
    ['what is not merged', { unmerge: [3] }, 'no merger'],
  ])('refuses %s', (_what, changes, message) => {
    expect(() => change(undefined, changes)).toThrow(InvalidOptionError);
    expect(() => change(undefined, changes)).toThrow(message);
  });

  it('refuses to merge what is hidden', () => {
    expect(() => change(change(undefined, { hide: [3] }), { merge: [[2, 3]] })).toThrow('show it first');
  });
});

describe('applyTopicEdits', () => {
  it('refuses edits of topics that the model has not, or that are merged twice', () => {
    expect(() => applyTopicEdits({ ...NOTHING_EDITED, hidden: [6] }, 6)).toThrow('topics 0 to 5');
    expect(() =>
      applyTopicEdits(
        {
          ...NOTHING_EDITED,
          merged: [
            [0, 1],
            [1, 2],
          ],
        },
        6,
      ),
    ).toThrow('two mergers');
  });
});
