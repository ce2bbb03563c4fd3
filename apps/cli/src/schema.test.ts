import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settings } from '@xtm/pipeline';
import { runCommand } from './testing/run-command';

it('prints what a settings file may hold', async () => {
  const { code, out } = await runCommand('schema');
  expect(code).toBe(0);
  const { properties } = JSON.parse(out) as { properties: object };
  for (const { name } of settings) expect(properties).toHaveProperty([name]);
});

it('makes the page of settings', async () => {
  const page = readFileSync(join(__dirname, '../../../docs/settings.md'), 'utf8');
  expect((await runCommand('schema', '--format', 'markdown')).out).toBe(page);
});

it.each(['run', 'sweep'])('%s has a flag for every setting', async (command) => {
  const { out } = await runCommand(command, '--help');
  const ofPlace = command === 'sweep' ? ['run'] : [];
  for (const { name } of settings.filter((setting) => !ofPlace.includes(setting.name))) {
    expect(out).toContain(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
  }
});
