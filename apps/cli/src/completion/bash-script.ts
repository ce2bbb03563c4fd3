import type { CompletedCommand } from './command-tree';

/** Completion for bash 3.2 and later. Where nothing of ours fits, bash completes file names. */
export function bashScript(name: string, commands: readonly CompletedCommand[]): string {
  const nested = commands.map(({ path }) => path).filter((path) => path !== name);
  const values = commands.flatMap(({ path, options }) => options.filter(({ choices }) => choices.length > 0).flatMap(({ names, choices }) => names.map((option) => valueCase(`${path} ${option}`, choices))));
  return `# ${name} completion for bash
_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command=${name} word options= subcommands=
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
    case "$command $word" in
      ${nested.map((path) => `"${path}"`).join(' | ')}) command="$command $word" ;;
    esac
  done
  case "$command $previous" in
${values.join('\n')}
  esac
  case "$command" in
${commands.map(commandCase).join('\n')}
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

function valueCase(typed: string, choices: readonly string[]): string {
  return `    "${typed}") COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$current")); return ;;`;
}

function commandCase({ path, subcommands, options }: CompletedCommand): string {
  return `    "${path}") options="${options.flatMap(({ names }) => names).join(' ')}" subcommands="${subcommands.map(({ name }) => name).join(' ')}" ;;`;
}
