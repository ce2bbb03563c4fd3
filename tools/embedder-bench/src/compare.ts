import { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import type { DenseMatrix, EmbeddingModel } from '@xtm/contracts';
import { openOnnxModel, type OnnxModelOptions } from '@xtm/embedder';
import { integerFrom, jsonObject, runCommand } from './command-line';
import { readTexts } from './read-texts';

interface CompareFlags {
  readonly texts: readonly string[];
  readonly perFile: number;
  readonly options: Omit<OnnxModelOptions, 'folder'>;
  readonly batch: number;
}

/** Texts of similar length by turns through both models, so that other work on the machine slows both alike. */
async function compare(
  folders: readonly [string, string],
  { texts: files, perFile, options, batch }: CompareFlags,
): Promise<void> {
  const texts = (await Promise.all(files.map(async (path) => readTexts(path, await readFile(path, 'utf8'), perFile))))
    .flat()
    .sort((a, b) => a.length - b.length);
  const models: EmbeddingModel[] = [];
  for (const folder of folders) models.push(await openOnnxModel({ folder, ...options }));
  const tokens = (await models[0]!.countTokens!(texts)).reduce((sum, count) => sum + count, 0);
  const [seconds, processor] = [
    [0, 0],
    [0, 0],
  ];
  const cosines: number[] = [];
  for (let start = 0; start < texts.length; start += batch) {
    const vectors: DenseMatrix[] = [];
    for (const [index, model] of models.entries()) {
      const [started, before] = [performance.now(), process.cpuUsage()];
      vectors.push(await model.embed(texts.slice(start, start + batch)));
      const { user, system } = process.cpuUsage(before);
      seconds[index]! += (performance.now() - started) / 1_000;
      processor[index]! += (user + system) / 1e6;
    }
    for (let row = 0; row < vectors[0]!.rows; row++) cosines.push(cosine(vectors[0]!, vectors[1]!, row));
  }
  await Promise.all(models.map((model) => model.dispose!()));
  const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
  console.log('| model | tokens/s | tokens per second of a core |\n|---|---|---|');
  folders.forEach((folder, index) =>
    console.log(
      `| ${folder} | ${(tokens / seconds[index]!).toFixed(0)} | ${(tokens / processor[index]!).toFixed(0)} |`,
    ),
  );
  console.log(
    `\n${texts.length} texts, ${tokens} tokens; the second takes ${(processor[1]! / processor[0]!).toFixed(2)} of ` +
      `the first's processor time; cosine ${Math.min(...cosines).toFixed(4)} at least, ${mean.toFixed(4)} in the mean`,
  );
}

function cosine(first: DenseMatrix, second: DenseMatrix, row: number): number {
  const [a, b] = [first, second].map(({ data, columns }) => data.subarray(row * columns, (row + 1) * columns)) as [
    Float32Array,
    Float32Array,
  ];
  return a.reduce((sum, value, c) => sum + value * b[c]!, 0) / (Math.hypot(...a) * Math.hypot(...b));
}

await runCommand(new Command('compare')
  .description('speed of two ONNX models by turns, and the cosine of their vectors of the same texts')
  .argument('<first>', "a model's folder")
  .argument('<second>', "another's, of the same dimensions")
  .requiredOption('--texts <files...>', 'JSON lines with a field "text", or one text per line')
  .option('--per-file <number>', 'texts of each file, evenly spread', integerFrom(1), 29)
  .option('--options <json>', "options of both, such as name", jsonObject, {})
  .option('--batch <number>', 'texts at once', integerFrom(1), 8)
  .action((first: string, second: string, flags: CompareFlags) => compare([first, second], flags)));
