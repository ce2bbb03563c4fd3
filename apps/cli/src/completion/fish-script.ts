import type { CompletedCommand, CompletedOption } from './command-tree';

/** Completion for fish, with descriptions. Where nothing of ours fits, fish completes file names. */
export function fishScript(name: string, commands: readonly CompletedCommand[]): string {
  return [`# ${name} completion for fish`, ...commands.flatMap((command) => commandLines(name, command))].join('\n');
}

function commandLines(name: string, { path, subcommands, options }: CompletedCommand): string[] {
  const above = path.split(' ').slice(1);
  const seen = above.map((word) => `__fish_seen_subcommand_from ${word}`);
  const here = above.length === 0 ? '__fish_use_subcommand' : seen.join('; and ');
  // Below a command that has commands of its own, these come before everything else.
  const notYet = above.length === 0 ? here : [...seen, `not __fish_seen_subcommand_from ${subcommands.map((sub) => sub.name).join(' ')}`].join('; and ');
  return [
    ...subcommands.map((sub) => `complete -c ${name} -n ${quote(notYet)} -f -a ${sub.name} -d ${quote(sub.description)}`),
    ...options.map((option) => `complete -c ${name} -n ${quote(here)} ${optionFlags(option)} -d ${quote(option.description)}`),
  ];
}

function optionFlags({ names, takesValue, choices }: CompletedOption): string {
  const spelled = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)).join(' ');
  if (choices.length > 0) return `${spelled} -x -a ${quote(choices.join(' '))}`;
  return takesValue ? `${spelled} -r` : spelled;
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll('\'', '\\\'')}'`;
}
