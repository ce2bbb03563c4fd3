import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import tokenizer from '../tokenizer/tokenizer.json';
import { PAD_ID } from './encoder-shape';
import type { WeightSource } from './random-weights';
import { type EncoderModelOptions, TINY_SHAPE, writeEncoderModel } from './write-encoder-model';

export interface ModelFolderOptions extends EncoderModelOptions {
  /** Path of the graph inside the folder. Default `model.onnx`. */
  readonly graph?: string;
}

/** Writes a folder as exporters lay it out: graph, `tokenizer.json` (a small Unigram vocabulary), `config.json`. */
export async function writeModelFolder(folder: string, options: ModelFolderOptions = {}): Promise<WeightSource> {
  const { graph = 'model.onnx', shape = TINY_SHAPE } = options;
  const weights = await writeEncoderModel(join(folder, graph), options);
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  const config = { model_type: 'xlm-roberta', hidden_size: shape.dimensions, num_hidden_layers: shape.layers, num_attention_heads: shape.heads, max_position_embeddings: shape.positions, vocab_size: shape.vocabulary, pad_token_id: PAD_ID };
  await writeFile(join(folder, 'config.json'), `${JSON.stringify(config, undefined, 2)}\n`);
  return weights;
}
