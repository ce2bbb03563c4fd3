import { Command, Option } from 'commander';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { integerFrom, integersFrom, jsonObject, runCommand } from './command-line';
import { measureThroughput, type Throughput, type ThroughputSetting } from './measure-throughput';

interface ThroughputFlags extends Omit<ThroughputSetting, 'folder' | 'batchTokens'> {
  readonly batchTokens: readonly number[];
  readonly setting?: ThroughputSetting;
}

/** A process each, so that one setting's memory does not count for the next. */
async function inOwnProcess(setting: ThroughputSetting): Promise<Throughput> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    fileURLToPath(import.meta.url),
    setting.folder,
    '--setting',
    JSON.stringify(setting),
  ]);
  return JSON.parse(stdout) as Throughput;
}

async function printThroughput(
  folder: string,
  { batchTokens: budgets, setting: own, threads, texts, longest }: ThroughputFlags,
): Promise<void> {
  if (own !== undefined) return void console.log(JSON.stringify(await measureThroughput(own)));
  console.log('| batch tokens | tokens/s | texts/s | peak memory, MiB |\n|---|---|---|---|');
  for (const batchTokens of budgets) {
    const { tokensPerSecond, textsPerSecond, peakMemory } = await inOwnProcess({
      folder,
      batchTokens,
      threads,
      texts,
      longest,
    });
    console.log(
      `| ${batchTokens} | ${tokensPerSecond.toFixed(0)} | ${textsPerSecond.toFixed(1)} | ${peakMemory.toFixed(0)} |`,
    );
  }
}

await runCommand(
  new Command('throughput')
    .description('tokens and texts per second of a local ONNX model, by batch token budget')
    .argument('<folder>', "the model's folder")
    .option(
      '--batch-tokens <list>',
      'budgets to measure',
      integersFrom(1),
      [256, 512, 1_024, 2_048, 4_096, 8_192, 16_384],
    )
    .option('--threads <number>', 'threads of the model; 0 lets it choose', integerFrom(0), 0)
    .option('--texts <number>', 'texts to embed', integerFrom(1), 1_000)
    .option('--longest <words>', 'words of the longest text', integerFrom(5), 200)
    .addOption(new Option('--setting <json>', 'what one process measures').argParser(jsonObject).hideHelp())
    .action(printThroughput),
);
