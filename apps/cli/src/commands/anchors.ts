import type { Command } from 'commander';
import { loadAnchorModel, type Anchor, type AnchorModel } from '@xtm/baselines';
import { readRunTopics, readShownTopics, replaceModel } from '@xtm/pipeline';
import { formatTopics } from '../results/topics-table';
import { applyAnchorEdits, type AnchorEdits } from '../settings/anchor-edits';
import { collectText } from '../settings/parse-value';
import { formatTable } from '../terminal/table';
import { print, type Terminal } from '../terminal/terminal';

interface AnchorsFlags extends AnchorEdits {
  readonly json?: boolean;
}

const EXAMPLE = `
Examples:
  xtm anchors runs/amazon-mtanchor
  xtm anchors runs/amazon-mtanchor --set "3=guitar,piano:吉他,钢琴" --merge 5,9`;

export function registerAnchors(program: Command, terminal: Terminal): void {
  program
    .command('anchors')
    .description('show an MTAnchor run\'s anchor words; change them, and its topics are recovered again at once')
    .argument('<run>', 'folder of a finished run of mtanchor')
    .option('--set <topic=words:words>', 'give a topic other anchor words, the languages parted by a colon; may be given several times', collectText)
    .option('--add <words:words>', 'add a topic with these anchor words', collectText)
    .option('--merge <topic,topic>', 'make one topic of two', collectText)
    .option('--remove <topic>', 'remove a topic', collectText)
    .option('--json', 'print JSON')
    .addHelpText('after', EXAMPLE)
    .action(async (run: string, flags: AnchorsFlags) => showAnchors(run, flags, terminal));
}

async function showAnchors(run: string, { json, ...edits }: AnchorsFlags, terminal: Terminal): Promise<void> {
  const model = await loadAnchorModel(run);
  const anchors = applyAnchorEdits(model.anchors, edits);
  const edited = anchors !== model.anchors;
  const current = edited ? await model.withAnchors(anchors, { signal: terminal.signal }) : model;
  if (edited) await replaceModel(run, current, topWordCount(run), { anchors });
  print(terminal, json ? JSON.stringify(current.anchors, undefined, 2) : formatAnchors(current, terminal));
  if (!edited || json) return;
  print(terminal, '');
  print(terminal, formatTopics(await readShownTopics(run), terminal));
  print(terminal, `\nTopics are recovered. Next: xtm evaluate ${run}`);
}

/** Words a topic that the run listed before. */
function topWordCount(run: string): number {
  const { topics } = readRunTopics(run);
  return Math.max(1, ...topics.flatMap(({ words }) => Object.values(words).map((list) => list.length)));
}

function formatAnchors({ anchors, languages }: AnchorModel, terminal: Terminal): string {
  const columns = [{ title: 'topic', align: 'right' as const }, ...languages.map(({ code }) => ({ title: `anchor, ${code}` }))];
  return formatTable(columns, anchors.map((anchor: Anchor, topic) => [String(topic), ...anchor.map((words) => words.join(' '))]), terminal);
}
