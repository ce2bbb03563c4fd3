import type { Command, Option } from 'commander';

/** What can be typed after a command. */
export interface CompletedCommand {
  /** Its name with those of the commands above it, `xtm models fetch`. */
  readonly path: string;
  readonly subcommands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly CompletedOption[];
}

export interface CompletedOption {
  /** With dashes: `--backend`, `-h`. */
  readonly names: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  /** Every value that it may have, where they are few; file names are likely otherwise. */
  readonly choices: readonly string[];
}

/** A program and all commands below it, each before its own subcommands. */
export function commandTree(command: Command, above = ''): CompletedCommand[] {
  const path = `${above}${command.name()}`;
  const help = command.createHelp();
  const subcommands = help.visibleCommands(command);
  return [
    {
      path,
      subcommands: subcommands.map((sub) => ({ name: sub.name(), description: sub.description() })),
      options: help.visibleOptions(command).map(completedOption),
    },
    ...subcommands.flatMap((sub) => commandTree(sub, `${path} `)),
  ];
}

function completedOption({ long, short, description, required, optional, argChoices = [] }: Option): CompletedOption {
  return { names: [long, short].filter((name) => name !== undefined && name !== null), description, takesValue: required || optional, choices: argChoices };
}
