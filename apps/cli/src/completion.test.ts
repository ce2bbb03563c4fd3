import { spawnSync } from 'node:child_process';
import { runCommand } from './testing/run-command';

/** What bash would offer after these words, the last of which is being typed. */
function offered(script: string, ...words: readonly string[]): string[] {
  const typed = words.map((word) => `'${word}'`).join(' ');
  const { stdout, stderr } = spawnSync('bash', ['-c', `${script}\nCOMP_WORDS=(${typed}); COMP_CWORD=${words.length - 1}; _xtm; printf '%s\\n' "\${COMPREPLY[@]}"`], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

describe('xtm completion', () => {
  it('has bash complete commands, subcommands, flags and their values, and leaves file names to bash', async () => {
    const { code, out } = await runCommand('completion', 'bash');
    expect(code).toBe(0);
    expect(out).toContain('complete -o bashdefault -o default -F _xtm xtm');
    expect(offered(out, 'xtm', 'to')).toEqual(['topics']);
    expect(offered(out, 'xtm', '')).toEqual(expect.arrayContaining(['prepare', 'run', 'topics', 'export']));
    expect(offered(out, 'xtm', 'models', 'f')).toEqual(['fetch']);
    expect(offered(out, 'xtm', 'models', 'fetch', '--base')).toEqual(['--base-url']);
    expect(offered(out, 'xtm', 'run', '--seed', '3', '--backend', '')).toEqual(['auto', 'tensorflow', 'native', 'wasm', 'cpu']);
    expect(offered(out, 'xtm', 'run', '--config', '')).toEqual([]);
    expect(offered(out, 'xtm', 'topics', 'runs/run', '')).toEqual([]);
  });

  it.each([
    ['zsh', '\'--merge:make one topic of several', 'compadd -- auto tensorflow native wasm cpu'],
    ['fish', '-l merge -r -d \'make one topic of several', '-l backend -x -a \'auto tensorflow native wasm cpu\''],
  ])('tells %s flags with what they are for, and values', async (shell, flag, values) => {
    const { out } = await runCommand('completion', shell);
    expect(out).toContain(flag);
    expect(out).toContain(values);
  });

  it('refuses a shell that it does not know', async () => {
    expect(await runCommand('completion', 'tcsh')).toMatchObject({ code: 2, log: expect.stringContaining('bash, zsh, fish') });
  });
});
