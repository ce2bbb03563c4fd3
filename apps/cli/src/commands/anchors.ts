import type { Command } from 'commander';
import {
  type Anchor,
  type AnchorModel,
  loadAnchorModel,
  mergeAnchors,
  removeAnchor,
  replaceAnchor,
} from '@xtm/baselines';
import { InvalidOptionError } from '@xtm/contracts';
import { readRunTopics, readShownTopics, replaceModel } from '@xtm/pipeline';
import { formatTable, formatTopics, right } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { collectText, parseTopic } from '../settings/parse-value';
import { print, printJson, textStyle, type Terminal } from '../terminal/terminal';

interface AnchorsFlags extends AnchorEdits {
  readonly json?: boolean;
}

const EXAMPLE = `
Each change may be given several times.

Examples:
  xtm anchors runs/amazon-mtanchor
  xtm anchors runs/amazon-mtanchor --set "3=guitar,piano:吉他,钢琴" --merge 5,9`;

export function registerAnchors(program: Command, terminal: Terminal): void {
  addCommand(program, 'anchors', {
    description: "show an MTAnchor run's anchor words; change them, and its topics are recovered again at once",
    args: [['<run>', 'folder of a finished run of mtanchor']],
    flags: {
      'set <topic=words:words>': ['give a topic other anchor words, the languages parted by a colon', collectText],
      'add <words:words>': ['add a topic with these anchor words', collectText],
      'merge <topic,topic>': ['make one topic of two', collectText],
      'remove <topic>': ['remove a topic', collectText],
      json: 'print JSON',
    },
    more: EXAMPLE,
  }).action((run: string, flags: AnchorsFlags) => showAnchors(run, flags, terminal));
}

async function showAnchors(run: string, { json, ...edits }: AnchorsFlags, terminal: Terminal): Promise<void> {
  const model = await loadAnchorModel(run);
  const anchors = applyAnchorEdits(model.anchors, edits);
  const edited = anchors !== model.anchors;
  const current = edited ? await model.withAnchors(anchors, { signal: terminal.signal }) : model;
  if (edited) await replaceModel(run, current, topWordCount(run), { anchors });
  if (json) return printJson(terminal, current.anchors);
  print(terminal, formatAnchors(current, terminal));
  if (!edited) return;
  print(terminal, '');
  print(terminal, formatTopics(await readShownTopics(run), textStyle(terminal)));
  print(terminal, `\nTopics are recovered. Next: xtm evaluate ${run}`);
}

/** Words per topic that the run listed before. */
function topWordCount(run: string): number {
  const { topics } = readRunTopics(run);
  return Math.max(1, ...topics.flatMap(({ words }) => Object.values(words).map((list) => list.length)));
}

function formatAnchors({ anchors, languages }: AnchorModel, terminal: Terminal): string {
  const columns = [right('topic'), ...languages.map(({ code }) => ({ title: `anchor, ${code}` }))];
  const rows = anchors.map((anchor, topic) => [String(topic), ...anchor.map((words) => words.join(' '))]);
  return formatTable(columns, rows, textStyle(terminal));
}

/** Changes of anchors as they are typed. Topics are counted as they are shown, before any of the changes. */
interface AnchorEdits {
  readonly set?: readonly string[];
  readonly add?: readonly string[];
  readonly merge?: readonly string[];
  readonly remove?: readonly string[];
}

/**
 * The anchors after all changes; the same array when there is none. What is set or merged comes first, then what is
 * removed, from the last topic to the first, so that numbers keep their meaning; what is added comes last.
 */
function applyAnchorEdits(
  anchors: readonly Anchor[],
  { set = [], add = [], merge = [], remove = [] }: AnchorEdits,
): readonly Anchor[] {
  const changed = set
    .map(parseSetting)
    .reduce<readonly Anchor[]>((current, [topic, anchor]) => replaceAnchor(current, topic, anchor), anchors);
  const pairs = merge.map(parsePair).sort(([, one], [, other]) => other - one);
  const merged = pairs.reduce((current, [first, second]) => mergeAnchors(current, first, second), changed);
  const gone = remove.map((text) => parseTopic('remove', text)).sort((one, other) => other - one);
  if (merge.length > 0 && remove.length > 0)
    throw new InvalidOptionError('remove', remove, 'cannot stand beside --merge; make one change, then the other');
  const left = gone.reduce((current, topic) => removeAnchor(current, topic), merged);
  return add.length === 0 ? left : [...left, ...add.map((text) => parseAnchor('add', text))];
}

function parseSetting(text: string): [topic: number, anchor: Anchor] {
  const at = text.indexOf('=');
  return [parseTopic('set', text.slice(0, Math.max(0, at))), parseAnchor('set', text.slice(at + 1))];
}

function parseAnchor(option: string, text: string): Anchor {
  const wordsOf = (list: string): string[] =>
    list
      .split(/[,，、]/)
      .map((word) => word.trim())
      .filter((word) => word !== '');
  const anchor = text.split(/[:：]/).map(wordsOf);
  if (anchor.length < 2 || anchor.some((words) => words.length === 0)) {
    throw new InvalidOptionError(option, text, `"${text}" does not name words of each language`, {
      advice: 'Part words by commas and languages by a colon: guitar,piano:吉他,钢琴',
    });
  }
  return anchor;
}

/** Two topics, the lower first: it takes up the other's words. */
function parsePair(text: string): [number, number] {
  const topics = text.split(',').map((part) => parseTopic('merge', part)).sort((one, other) => one - other);
  if (topics.length !== 2) throw new InvalidOptionError('merge', text, `"${text}" is not a pair of topics`);
  return [topics[0]!, topics[1]!];
}
