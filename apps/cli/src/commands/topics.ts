import type { Command } from 'commander';
import { readRunTopics } from '@xtm/pipeline';
import { formatTopics, selectTopics } from '../results/topics-table';
import { parseNumber } from '../settings/parse-value';
import { print, type Terminal } from '../terminal/terminal';

interface TopicsFlags {
  readonly topic?: number;
  readonly top?: number;
  readonly json?: boolean;
}

const EXAMPLE = `
Example:
  xtm topics runs/amazon --topic 7 --top 15`;

export function registerTopics(program: Command, terminal: Terminal): void {
  program
    .command('topics')
    .description('show a run\'s topics, the languages side by side')
    .argument('<run>', 'run folder')
    .option('--topic <number>', 'only this topic, counted from 0', parseNumber('topic'))
    .option('--top <number>', 'words a language (default 10; as many as --top-words said in the run)', parseNumber('top'))
    .option('--json', 'print JSON: words with their probabilities')
    .addHelpText('after', EXAMPLE)
    .action((path: string, { topic, top, json }: TopicsFlags) => {
      const view = { topic, top };
      print(terminal, json ? JSON.stringify(selectTopics(readRunTopics(path), view), undefined, 2) : formatTopics(path, view, terminal));
    });
}
