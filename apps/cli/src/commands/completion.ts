import { Argument, type Command } from 'commander';
import { bashScript } from '../completion/bash-script';
import { commandTree, type CompletedCommand } from '../completion/command-tree';
import { fishScript } from '../completion/fish-script';
import { zshScript } from '../completion/zsh-script';
import { print, type Terminal } from '../terminal/terminal';

const SCRIPTS: Readonly<Record<string, (name: string, commands: readonly CompletedCommand[]) => string>> = { bash: bashScript, zsh: zshScript, fish: fishScript };

const EXAMPLE = `
Examples:
  xtm completion bash >> ~/.bashrc
  xtm completion zsh > "\${fpath[1]}/_xtm"
  xtm completion fish > ~/.config/fish/completions/xtm.fish`;

export function registerCompletion(program: Command, terminal: Terminal): void {
  program
    .command('completion')
    .description('print a script that has a shell complete xtm\'s commands, flags and their values')
    .addArgument(new Argument('<shell>').choices(Object.keys(SCRIPTS)))
    .addHelpText('after', EXAMPLE)
    .action((shell: string) => print(terminal, SCRIPTS[shell]!(program.name(), commandTree(program))));
}
