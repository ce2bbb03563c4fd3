import { Command } from 'commander';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { embedAll, openOnnxModel, TextTokenizer, type OnnxModelOptions } from '@xtm/embedder';
import { writeNpy } from '@xtm/data';
import { integerFrom, jsonObject, runCommand } from './command-line';
import { readTexts } from './read-texts';

interface EncodeFlags {
  readonly out: string;
  readonly perFile: number;
  readonly options: Omit<OnnxModelOptions, 'folder'>;
}

/** Writes what `tools/python-check/check_encoder.py` compares: texts, token ids without prefix, and vectors. */
async function encode(
  folder: string,
  files: readonly string[],
  { out, perFile, options }: EncodeFlags,
): Promise<void> {
  const texts = (
    await Promise.all(files.map(async (path) => readTexts(path, await readFile(path, 'utf8'), perFile)))
  ).flat();
  const tokenizer = await TextTokenizer.read(join(folder, 'tokenizer.json'));
  const ids = texts.map((text) => [...tokenizer.opening, ...tokenizer.encode(text), ...tokenizer.closing]);
  const model = await openOnnxModel({ folder, ...options });
  const started = performance.now();
  const { rows, columns, data } = await embedAll(model, texts);
  const seconds = (performance.now() - started) / 1_000;
  await model.dispose!();
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'texts.json'), JSON.stringify({ texts, ids }));
  await writeFile(join(out, 'vectors.npy'), writeNpy(data, [rows, columns]));
  console.log(
    `${rows} texts, ${ids.reduce((sum, { length }) => sum + length, 0)} tokens, ${columns} dimensions, ` +
      `${seconds.toFixed(1)} s → ${out}`,
  );
}

await runCommand(new Command('encode')
  .description('token ids and vectors of texts by a local ONNX model, for check_encoder.py')
  .argument('<folder>', "the model's folder")
  .argument('<files...>', 'texts: JSON lines with a field "text", or one text per line')
  .requiredOption('--out <folder>', 'where texts.json and vectors.npy go')
  .option('--per-file <number>', 'texts of each file, evenly spread', integerFrom(1), 29)
  .option('--options <json>', "the model's options", jsonObject, {})
  .action(encode));
