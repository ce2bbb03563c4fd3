import { BackendError } from '@xtm/contracts';
import { downloadHostIsReachable } from './published-binding';
import { runCommand } from './run-command';

describe('runCommand', () => {
  it('hands on the folder and variables', async () => {
    const script = "process.exit(process.env.ANSWER === '42' && process.cwd() === '/' ? 0 : 1)";
    await runCommand(process.execPath, ['-e', script], { purpose: 'a test', folder: '/', environment: { ANSWER: '42' } });
  });

  it.each([
    ['ended with 3', process.execPath, ['-e', 'process.exit(3)']],
    ['cannot be started', 'no-such-program', []],
  ])('says what failed where a program %s', async (problem, program, args) => {
    const run = runCommand(program, args, { purpose: 'building', advice: 'Try something else.' });
    await expect(run).rejects.toBeInstanceOf(BackendError);
    await expect(run).rejects.toMatchObject({ message: expect.stringMatching(new RegExp(`building failed: .*${problem}`)), advice: 'Try something else.' });
  });
});

describe('downloadHostIsReachable', () => {
  it('is false for a host that does not answer', async () => {
    expect(await downloadHostIsReachable('https://127.0.0.1:1/')).toBe(false);
  });
});
