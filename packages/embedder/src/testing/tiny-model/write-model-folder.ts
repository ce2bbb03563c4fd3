import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import tokenizer from '../tokenizer/tokenizer.json';
import { PAD_ID } from './encoder-shape';
import type { WeightSource } from './random-weights';
import { type EncoderModelOptions, TINY_SHAPE, writeEncoderModel } from './write-encoder-model';

export interface ModelFolderOptions extends EncoderModelOptions {
  /** Path of the graph inside the folder. Default `model.onnx`. */
  readonly graph?: string;
  /** What `1_Pooling/config.json` says; `unsaid` leaves it out. Default `cls`. */
  readonly pooling?: 'cls' | 'mean' | 'unsaid';
}

/**
 * Writes a folder as exporters lay it out: graph, `tokenizer.json` (a small Unigram vocabulary), `config.json`,
 * pooling.
 */
export async function writeModelFolder(folder: string, options: ModelFolderOptions = {}): Promise<WeightSource> {
  const { graph = 'model.onnx', shape = TINY_SHAPE, pooling = 'cls' } = options;
  const weights = await writeEncoderModel(join(folder, graph), options);
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  const config = {
    model_type: 'xlm-roberta',
    hidden_size: shape.dimensions,
    num_hidden_layers: shape.layers,
    num_attention_heads: shape.heads,
    max_position_embeddings: shape.positions,
    vocab_size: shape.vocabulary,
    pad_token_id: PAD_ID,
  };
  await writeFile(join(folder, 'config.json'), `${JSON.stringify(config, undefined, 2)}\n`);
  if (pooling !== 'unsaid') await writePooling(folder, pooling);
  return weights;
}

async function writePooling(folder: string, pooling: 'cls' | 'mean'): Promise<void> {
  await mkdir(join(folder, '1_Pooling'), { recursive: true });
  await writeFile(
    join(folder, '1_Pooling', 'config.json'),
    JSON.stringify({ pooling_mode_cls_token: pooling === 'cls', pooling_mode_mean_tokens: pooling === 'mean' }),
  );
}
