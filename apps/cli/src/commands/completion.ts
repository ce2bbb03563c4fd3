import type { Command, Option } from 'commander';
import { addCommand } from '../settings/add-command';
import { print, type Terminal } from '../terminal/terminal';

const SCRIPTS: Readonly<Record<string, (name: string, commands: readonly CompletedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

const EXAMPLE = `
Examples:
  xtm completion bash >> ~/.bashrc
  xtm completion zsh > "\${fpath[1]}/_xtm"
  xtm completion fish > ~/.config/fish/completions/xtm.fish`;

export function registerCompletion(program: Command, terminal: Terminal): void {
  addCommand(program, 'completion', {
    description: "print a script that has a shell complete xtm's commands, flags and their values",
    args: [['<shell>', undefined, Object.keys(SCRIPTS)]],
    more: EXAMPLE,
  }).action((_flags, shell) => print(terminal, SCRIPTS[shell]!(program.name(), commandTree(program))));
}

/** What can be typed after a command. */
interface CompletedCommand {
  /** Its name with those of the commands above it, `xtm models fetch`. */
  readonly path: string;
  readonly subcommands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly CompletedOption[];
}

interface CompletedOption {
  /** With dashes: `--backend`, `-h`. */
  readonly names: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  /** Every value that it may have, where they are few; file names are likely otherwise. */
  readonly choices: readonly string[];
}

/** A program and all commands below it, each before its own subcommands. */
function commandTree(command: Command, above = ''): CompletedCommand[] {
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
  return {
    names: [long, short].filter((name) => name !== undefined && name !== null),
    description,
    takesValue: required || optional,
    choices: argChoices,
  };
}

/** Completion for bash 3.2 and later. Where nothing of ours fits, bash completes file names. */
function bashScript(name: string, commands: readonly CompletedCommand[]): string {
  const offer = (choices: string): string => `COMPREPLY=($(compgen -W "${choices}" -- "$current"))`;
  return `# ${name} completion for bash
_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command=${name} word options= subcommands=
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
    case "$command $word" in
      ${nestedPattern(name, commands)}) command="$command $word" ;;
    esac
  done
  case "$command $previous" in
${valueCases(commands, offer)}
  esac
  case "$command" in
${commands.map(bashCase).join('\n')}
  esac
  COMPREPLY=()
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [[ $previous != -* ]]; then
    COMPREPLY=($(compgen -W "$subcommands" -- "$current"))
  fi
}
complete -o bashdefault -o default -F _${name} ${name}`;
}

/** Every subcommand's path, as a pattern of `case`. */
function nestedPattern(name: string, commands: readonly CompletedCommand[]): string {
  const nested = commands.map(({ path }) => path).filter((path) => path !== name);
  return nested.map((path) => `"${path}"`).join(' | ');
}

/** One case per flag that has choices, which the shell is told to offer. */
function valueCases(commands: readonly CompletedCommand[], offer: (choices: string) => string): string {
  const lines = commands.flatMap(({ path, options }) =>
    options
      .filter(({ choices }) => choices.length > 0)
      .flatMap(({ names, choices }) =>
        names.map((option) => `    "${path} ${option}") ${offer(choices.join(' '))}; return ;;`),
      ),
  );
  return lines.join('\n');
}

function bashCase({ path, subcommands, options }: CompletedCommand): string {
  return `    "${path}") options="${options.flatMap(({ names }) => names).join(' ')}" ` +
    `subcommands="${subcommands.map(({ name }) => name).join(' ')}" ;;`;
}

/** Completion for zsh, with descriptions. Where nothing of ours fits, zsh completes file names. */
function zshScript(name: string, commands: readonly CompletedCommand[]): string {
  return `#compdef ${name}
_${name}() {
  local command=${name} previous=\${words[CURRENT-1]} word
  local -a options subcommands
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$command $word" in
      ${nestedPattern(name, commands)}) command="$command $word" ;;
    esac
  done
  case "$command $previous" in
${valueCases(commands, (choices) => `compadd -- ${choices}`)}
  esac
  case "$command" in
${commands.map(zshCase).join('\n')}
  esac
  if [[ \${words[CURRENT]} == -* ]]; then
    _describe -o option options
  elif [[ $previous != -* ]] && (( \${#subcommands} )); then
    _describe command subcommands
  else
    _files
  fi
}
if [[ \${funcstack[1]} == _${name} ]]; then
  _${name} "$@"
else
  compdef _${name} ${name}
fi`;
}

function zshCase({ path, subcommands, options }: CompletedCommand): string {
  const described = (word: string, description: string): string => `'${word}:${description.replaceAll("'", "'\\''")}'`;
  return `    "${path}")
      options=(${options.flatMap(({ names, description }) => names.map((option) => described(option, description))).join(' ')})
      subcommands=(${subcommands.map((sub) => described(sub.name, sub.description)).join(' ')}) ;;`;
}

/** Completion for fish, with descriptions. Where nothing of ours fits, fish completes file names. */
function fishScript(name: string, commands: readonly CompletedCommand[]): string {
  return [`# ${name} completion for fish`, ...commands.flatMap((command) => commandLines(name, command))].join('\n');
}

function commandLines(name: string, { path, subcommands, options }: CompletedCommand): string[] {
  const above = path.split(' ').slice(1);
  const seen = above.map((word) => `__fish_seen_subcommand_from ${word}`);
  const here = above.length === 0 ? '__fish_use_subcommand' : seen.join('; and ');
  // Below a command that has commands of its own, these come before everything else.
  const notYet =
    above.length === 0
      ? here
      : [...seen, `not __fish_seen_subcommand_from ${subcommands.map((sub) => sub.name).join(' ')}`].join('; and ');
  return [
    ...subcommands.map(
      (sub) => `complete -c ${name} -n ${quote(notYet)} -f -a ${sub.name} -d ${quote(sub.description)}`,
    ),
    ...options.map(
      (option) => `complete -c ${name} -n ${quote(here)} ${optionFlags(option)} -d ${quote(option.description)}`,
    ),
  ];
}

function optionFlags({ names, takesValue, choices }: CompletedOption): string {
  const spelled = names
    .map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
    .join(' ');
  if (choices.length > 0) return `${spelled} -x -a ${quote(choices.join(' '))}`;
  return takesValue ? `${spelled} -r` : spelled;
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll('\'', '\\\'')}'`;
}
