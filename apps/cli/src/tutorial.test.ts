import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { smallDataset } from './testing/small-dataset';

const ROOT = resolve(__dirname, '../../..');
const XTM = join(ROOT, 'apps/cli/bin/xtm.mjs');

/** A block of commands of the tutorial, and what the page says that they print. */
interface Block {
  readonly commands: string;
  readonly printed?: string;
}

const blocks: readonly Block[] = [...readFileSync(join(ROOT, 'docs/tutorial.md'), 'utf8').matchAll(/```bash\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?/g)]
  .map(([, commands, printed]) => ({ commands: commands!, printed }));

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-tutorial-'));
  cpSync(join(ROOT, 'datasets/demo'), join(folder, 'datasets/demo'), { recursive: true });
  // Stands in for the benchmark, which a test must not fetch.
  const benchmark = await smallDataset();
  cpSync(benchmark.dataset, join(folder, 'benchmarks/Amazon_Review'), { recursive: true });
  benchmark.remove();
  mkdirSync(join(folder, 'bin'));
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { demo: string } };
  writeScript('npx', `shift
case "$1" in
  run | sweep) set -- "$@" --epochs 2 --refine-epochs 1 ;;
  datasets) exit 0 ;;
esac
exec "${process.execPath}" "${XTM}" "$@"`);
  writeScript('npm', `[ "$1" = ci ] || { ${scripts.demo.replaceAll('xtm ', 'npx xtm ')}; }`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeScript(name: string, body: string): void {
  writeFileSync(join(folder, 'bin', name), `#!/bin/sh\nset -e\n${body}\n`);
  chmodSync(join(folder, 'bin', name), 0o755);
}

function runBlock({ commands }: Block): SpawnSyncReturns<string> {
  const PATH = [join(folder, 'bin'), process.env['PATH']].join(delimiter);
  return spawnSync('bash', ['-euo', 'pipefail', '-c', commands], { cwd: folder, encoding: 'utf8', env: { ...process.env, PATH, XTM_CACHE: join(folder, 'cache') } });
}

it('has every command of the tutorial end well, in its order, with few epochs', () => {
  for (const block of blocks) {
    const { status, stderr, stdout } = runBlock(block);
    expect({ commands: block.commands, status, stderr: status === 0 ? '' : stderr }).toEqual({ commands: block.commands, status: 0, stderr: '' });
    // What training does not decide is printed to the letter.
    if (/^npx xtm (init|prepare) /.test(block.commands)) expect(stdout).toBe(block.printed);
  }
  const results = ['runs/demo/report.html', 'runs/reviews/metrics.json', 'reviews-topics.csv', 'reviews-topics.parquet', 'runs/how-many/sweep.html', 'runs/amazon/metrics.json'];
  expect(results.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
  expect(readFileSync(join(folder, 'reviews-topics.csv'), 'utf8').split('\n', 1)[0]).toContain('topic_2 Food');
}, 1_200_000);
