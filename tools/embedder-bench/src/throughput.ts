import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { measureThroughput, type Throughput, type ThroughputSetting } from './measure-throughput';

const { positionals: [folder], values } = parseArgs({
  allowPositionals: true,
  options: {
    'batch-tokens': { type: 'string', default: '256,512,1024,2048,4096,8192,16384' },
    threads: { type: 'string', default: '0' },
    texts: { type: 'string', default: '1000' },
    longest: { type: 'string', default: '200' },
    setting: { type: 'string' },
  },
});

/** A process each, so that one setting's memory does not count for the next. */
async function inOwnProcess(setting: ThroughputSetting): Promise<Throughput> {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), '--setting', JSON.stringify(setting)]);
  return JSON.parse(stdout) as Throughput;
}

async function main(): Promise<void> {
  if (values.setting !== undefined) return void console.log(JSON.stringify(await measureThroughput(JSON.parse(values.setting) as ThroughputSetting)));
  if (folder === undefined) throw new Error('Usage: throughput MODEL_FOLDER [--batch-tokens N,…] [--threads N] [--texts N] [--longest WORDS]');
  console.log('| batch tokens | tokens/s | texts/s | peak memory, MiB |\n|---|---|---|---|');
  for (const batchTokens of values['batch-tokens'].split(',').map(Number)) {
    const { tokensPerSecond, textsPerSecond, peakMemory } = await inOwnProcess({ folder, batchTokens, threads: Number(values.threads), texts: Number(values.texts), longest: Number(values.longest) });
    console.log(`| ${batchTokens} | ${tokensPerSecond.toFixed(0)} | ${textsPerSecond.toFixed(1)} | ${peakMemory.toFixed(0)} |`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
