import type { Command } from 'commander';
import { settingsJsonSchema, settingsMarkdown, writeAtomically } from '@xtm/pipeline';
import { addCommand } from '../settings/add-command';
import { print, type Terminal } from '../terminal/terminal';

const EXAMPLE = `
Editors complete and check a settings file whose first line names the schema:
  # yaml-language-server: $schema=./xtm.schema.json

Example:
  xtm schema --out xtm.schema.json`;

export function registerSchema(program: Command, terminal: Terminal): void {
  addCommand(program, 'schema', {
    description: 'every setting that a settings file may hold, as JSON Schema for editors or as tables',
    flags: {
      'format <name>': ['what to write (default json)', ['json', 'markdown']],
      'out <file>': 'where to write; the terminal otherwise',
    },
    more: EXAMPLE,
  }).action(({ format = 'json', out }) => {
    const text = format === 'json' ? JSON.stringify(settingsJsonSchema(), undefined, 2) : settingsMarkdown().trimEnd();
    if (out === undefined) print(terminal, text);
    else writeAtomically(out, `${text}\n`);
  });
}
