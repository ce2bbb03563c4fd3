import type { Command } from 'commander';
import { InvalidOptionError } from '@xtm/contracts';
import { changeTopicEdits, editTopics, readRunTopics } from '@xtm/pipeline';
import { formatTopic, formatTopics, readTabledTopics, selectTopics, topicsAsJson } from '@xtm/report';
import { addCommand } from '../settings/add-command';
import { collectText, parseTopic } from '../settings/parse-value';
import { print, printJson, textStyle, type Terminal } from '../terminal/terminal';

const EXAMPLE = `
Topics are counted from 0 and keep their numbers, whatever is merged or hidden. The trained model stays as it is;
"xtm infer", "xtm export" and "xtm report" show topics as they are named, merged and hidden here. Each change may be
given several times.

Examples:
  xtm topics runs/amazon --topic 7 --top 30
  xtm topics runs/amazon --rename "7=Music" --merge 3,9 --hide 4
  xtm topics runs/amazon --show 4 --unmerge 3 --rename 7=`;

export function registerTopics(program: Command, terminal: Terminal): void {
  addCommand(program, 'topics', {
    description: "show a run's topics, the languages side by side; name, merge and hide them",
    args: [['<run>', 'run folder']],
    flags: {
      'topic <number>': 'only this topic, word by word',
      'top <number>': 'words per language (default 10)',
      'rename <topic=name>': ['name a topic; without a name, take its name away', collectText],
      'merge <topics>': ['make one topic of several, under the lowest number: 3,9', collectText],
      'unmerge <topics>': ['undo the merger that a topic is in', collectText],
      'hide <topics>': ['leave topics out: 4 or 4,11', collectText],
      'show <topics>': ['show hidden topics again', collectText],
      reset: 'forget all names, mergers and hidings first',
      json: 'print JSON: words with their probabilities and what they are ranked by, shares of the documents',
    },
    more: EXAMPLE,
  }).action(async ({ topic, top, json, ...edits }, path) => {
    if (Object.keys(edits).length > 0) {
      const { rename, merge, unmerge, hide, show, reset } = edits;
      const changes = {
        reset,
        rename: rename?.map(parseName),
        merge: merge?.map((text) => parseTopics('merge', text)),
        unmerge: unmerge?.flatMap((text) => parseTopics('unmerge', text)),
        hide: hide?.flatMap((text) => parseTopics('hide', text)),
        show: show?.flatMap((text) => parseTopics('show', text)),
      };
      const { length } = readRunTopics(path).topics;
      editTopics(path, (before) => changeTopicEdits(before, changes, length));
    }
    const shown = selectTopics(await readTabledTopics(path, top), topic);
    if (json) printJson(terminal, topicsAsJson(shown));
    else print(terminal, (topic === undefined ? formatTopics : formatTopic)(shown, textStyle(terminal)));
  });
}

function parseName(text: string): [topic: number, name: string] {
  const at = text.indexOf('=');
  if (at < 0) throw new InvalidOptionError('rename', text, `"${text}" is not of the form topic=name`);
  return [parseTopic('rename', text.slice(0, at)), text.slice(at + 1)];
}

function parseTopics(option: string, text: string): number[] {
  return text.split(',').map((part) => parseTopic(option, part));
}
