import { Command } from 'commander';
import { addCommand } from './add-command';
import { collectText } from './parse-value';

/** What the action of a command with flags of every kind is handed. */
async function given(...args: readonly string[]): Promise<unknown> {
  let handed: unknown;
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addCommand(program, 'try', {
    description: 'flags of every kind',
    args: [['<run>', 'a run'], ['[file]', 'a file', 'xtm.yaml']],
    required: { 'out-folder <folder>': 'must be given' },
    flags: {
      'seeds <number>': 'a number',
      'option <name=value>': 'pairs',
      'topics <file>': ['texts', collectText],
      'format <name>': ['one of few', ['csv', 'json']],
      'no-train': 'the opposite',
    },
    settings: { names: { alignmentWeight: undefined } },
    ending: { latex: ['last', undefined, { conflicts: ['seeds'] }] },
  }).action((flags, run, file) => {
    const { outFolder, seeds = 0, topics = [], format, train } = flags;
    // Their types follow from the table.
    const typed: readonly [string, number, readonly string[], 'csv' | 'json' | undefined, boolean | undefined] =
      [outFolder, seeds, topics, format, train];
    handed = { typed, option: flags.option, alignmentWeight: flags['alignmentWeight'], run, file };
  });
  await program.parseAsync(['try', ...args], { from: 'user' });
  return handed;
}

it('hands flags and arguments over as the table says they are', async () => {
  const flags = ['--out-folder', 'o', '--seeds', '3', '--option', 'a.b=1', '--option', 'c=x', '--topics', 'en', '--topics', 'zh'];
  expect(await given('r', 'f', ...flags, '--format', 'csv', '--no-train', '--alignment-weight', '5')).toEqual({
    typed: ['o', 3, ['en', 'zh'], 'csv', false],
    option: { a: { b: 1 }, c: 'x' },
    alignmentWeight: 5,
    run: 'r',
    file: 'f',
  });
  expect(await given('r', '--out-folder', 'o')).toMatchObject({ typed: ['o', 0, [], undefined, true], file: 'xtm.yaml' });
});

it.each([
  [['r'], 'out-folder'],
  [['r', '--out-folder', 'o', '--format', 'xml'], 'Allowed choices are csv, json'],
  [['r', '--out-folder', 'o', '--seeds', 'many'], '"many" is not a number'],
  [['r', '--out-folder', 'o', '--seeds', '1', '--latex'], 'cannot be used with'],
])('refuses %j', async (args, message) => {
  await expect(given(...args)).rejects.toThrow(message);
});
