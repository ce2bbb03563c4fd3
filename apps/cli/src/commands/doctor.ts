import type { Command } from 'commander';
import { inspectInstallation, type InstallationFinding } from '@xtm/pipeline';
import { formatTable } from '@xtm/report';
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
  }).action(async ({ json }: { readonly json?: boolean }) => {
    const findings = await inspectInstallation(terminal.environment);
    if (json) printJson(terminal, { version, findings });
    else print(terminal, formatFindings(findings, terminal));
  });
}

function formatFindings(findings: readonly InstallationFinding[], terminal: Terminal): string {
  const rows = findings.map(({ name, present, detail, advice }) => [
    name,
    present ? 'yes' : 'no',
    advice === undefined ? detail : `${detail}; to add it: ${advice}`,
  ]);
  const columns = [{ title: 'what' }, { title: 'there' }, { title: 'detail' }];
  return `xtm ${version}\n\n${formatTable(columns, rows, textStyle(terminal))}`;
}
