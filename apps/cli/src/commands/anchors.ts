import type { Command } from 'commander';
import type { Anchor } from '@xtm/baselines';
import { InvalidOptionError } from '@xtm/contracts';
import { editAnchors, readShownTopics } from '@xtm/pipeline';
import { formatAnchors, formatTopics } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { collectText, parseTopic } from '../settings/parse-value';
import { print, printJson, textStyle, type Terminal } from '../terminal/terminal';

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
  }).action(async ({ set, add, merge, remove, json }, run) => {
    const edits = {
      set: set?.map(parseSetting),
      add: add?.map((text) => parseAnchor('add', text)),
      merge: merge?.map(parsePair),
      remove: remove?.map((text) => parseTopic('remove', text)),
    };
    const model = await editAnchors(run, edits, { signal: terminal.signal });
    if (json) return printJson(terminal, model.anchors);
    print(terminal, formatAnchors(model, textStyle(terminal)));
    if ([set, add, merge, remove].every((edit) => edit === undefined)) return;
    print(terminal, `\n${formatTopics(await readShownTopics(run), textStyle(terminal))}`);
    print(terminal, `\nTopics are recovered. Next: xtm evaluate ${run}`);
  });
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
  if (anchor.length >= 2 && anchor.every((words) => words.length > 0)) return anchor;
  throw new InvalidOptionError(option, text, `"${text}" does not name words of each language`, {
    advice: 'Part words by commas and languages by a colon: guitar,piano:吉他,钢琴',
  });
}

function parsePair(text: string): [number, number] {
  const topics = text.split(',').map((part) => parseTopic('merge', part));
  if (topics.length !== 2) throw new InvalidOptionError('merge', text, `"${text}" is not a pair of topics`);
  return [topics[0]!, topics[1]!];
}
