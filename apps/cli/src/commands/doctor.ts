import type { Command } from 'commander';
import { inspectInstallation } from '@xtm/pipeline';
import { formatInstallation } from '@xtm/report';
import { version } from '../../package.json';
import { addCommand } from '../settings/add-command';
import { print, printJson, textStyle, type Terminal } from '../terminal/terminal';

const EXAMPLE = `
Example:
  xtm doctor --json`;

export function registerDoctor(program: Command, terminal: Terminal): void {
  addCommand(program, 'doctor', {
    description: 'say what is installed, what computes, and how to add what is missing',
    flags: { json: 'print JSON' },
    more: EXAMPLE,
  }).action(async ({ json }) => {
    const findings = await inspectInstallation(terminal.environment);
    if (json) printJson(terminal, { version, findings });
    else print(terminal, formatInstallation(version, findings, textStyle(terminal)));
  });
}
