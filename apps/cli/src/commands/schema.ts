import { Option, type Command } from 'commander';
import { settingsJsonSchema, settingsMarkdown, writeAtomically } from '@xtm/pipeline';
import { print, type Terminal } from '../terminal/terminal';

interface SchemaFlags {
  readonly format: 'json' | 'markdown';
  readonly out?: string;
}

const EXAMPLE = `
Editors complete and check a settings file whose first line names the schema:
  # yaml-language-server: $schema=./xtm.schema.json

Example:
  xtm schema --out xtm.schema.json`;

export function registerSchema(program: Command, terminal: Terminal): void {
  program
    .command('schema')
    .description('every setting that a settings file may hold, as JSON Schema for editors or as tables')
    .addOption(new Option('--format <name>', 'what to write').choices(['json', 'markdown']).default('json'))
    .option('--out <file>', 'where to write; the terminal otherwise')
    .addHelpText('after', EXAMPLE)
    .action(({ format, out }: SchemaFlags) => {
      const text =
        format === 'json' ? JSON.stringify(settingsJsonSchema(), undefined, 2) : settingsMarkdown().trimEnd();
      if (out === undefined) print(terminal, text);
      else writeAtomically(out, `${text}\n`);
    });
}
