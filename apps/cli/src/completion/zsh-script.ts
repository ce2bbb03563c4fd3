import type { CompletedCommand } from './command-tree';

/** Completion for zsh, with descriptions. Where nothing of ours fits, zsh completes file names. */
export function zshScript(name: string, commands: readonly CompletedCommand[]): string {
  const nested = commands.map(({ path }) => path).filter((path) => path !== name);
  const values = commands.flatMap(({ path, options }) => options.filter(({ choices }) => choices.length > 0).flatMap(({ names, choices }) => names.map((option) => `    "${path} ${option}") compadd -- ${choices.join(' ')}; return ;;`)));
  return `#compdef ${name}
_${name}() {
  local command=${name} previous=\${words[CURRENT-1]} word
  local -a options subcommands
  for word in "\${(@)words[2,CURRENT-1]}"; do
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

function commandCase({ path, subcommands, options }: CompletedCommand): string {
  const described = (word: string, description: string): string => `'${word}:${description.replaceAll('\'', '\'\\\'\'')}'`;
  return `    "${path}")
      options=(${options.flatMap(({ names, description }) => names.map((option) => described(option, description))).join(' ')})
      subcommands=(${subcommands.map((sub) => described(sub.name, sub.description)).join(' ')}) ;;`;
}
