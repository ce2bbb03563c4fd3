import { SeededGenerator } from '@xtm/numeric';
import { type FileHandle, mkdir, open, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type EncoderOutput, encoderModel } from './encoder-graph';
import { type EncoderShape, weightShapes } from './encoder-shape';
import type { ExternalPlace, OnnxGraph } from './onnx-graph';
import { keepWeights, randomWeights, type WeightSource } from './random-weights';

/** 2 layers, 32 dimensions: the shape that tests use. */
export const TINY_SHAPE: EncoderShape = {
  vocabulary: 1_504,
  dimensions: 32,
  layers: 2,
  heads: 2,
  intermediate: 64,
  positions: 8_194,
};

export interface EncoderModelOptions {
  readonly shape?: EncoderShape;
  readonly seed?: number;
  /** Default: hidden states only. */
  readonly outputs?: readonly EncoderOutput[];
  /**
   * How weights are stored: inside the graph, in a file beside it, or inside as 8-bit integers with a scale. Default
   * inside.
   */
  readonly weights?: 'inside' | 'external' | 'quantised';
}

/** Writes an XLM-R-shaped ONNX model with random weights to a file; returns the weights for reference computations. */
export async function writeEncoderModel(file: string, options: EncoderModelOptions = {}): Promise<WeightSource> {
  const { shape = TINY_SHAPE, seed = 1, outputs = ['last_hidden_state'], weights = 'inside' } = options;
  const source = randomWeights(shape, new SeededGenerator(seed));
  await mkdir(dirname(file), { recursive: true });
  const places = weights === 'external' ? await writeExternalData(`${file}_data`, shape, source) : undefined;
  const shapes = weightShapes(shape);
  const model = encoderModel(shape, outputs, (graph, name) => {
    const sizes = shapes.get(name)!;
    if (weights === 'quantised' && sizes.length === 2) return addQuantised(graph, name, sizes, source(name));
    return graph.initializer(name, 'float32', sizes, places?.get(name) ?? bytesOf(source(name)));
  });
  await writeFile(file, model);
  return keepWeights(source);
}

async function writeExternalData(
  file: string,
  shape: EncoderShape,
  source: WeightSource,
): Promise<ReadonlyMap<string, ExternalPlace>> {
  const places = new Map<string, ExternalPlace>();
  const handle = await open(file, 'w');
  try {
    let offset = 0;
    for (const name of weightShapes(shape).keys()) {
      const length = await writeWhole(handle, bytesOf(source(name)));
      places.set(name, { file: basename(file), offset, length });
      offset += length;
    }
  } finally {
    await handle.close();
  }
  return places;
}

async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<number> {
  for (let written = 0; written < bytes.length;) written += (await handle.write(bytes, written)).bytesWritten;
  return bytes.length;
}

function addQuantised(graph: OnnxGraph, name: string, sizes: readonly number[], values: Float32Array): string {
  const scale = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) / 127;
  const quantised = graph.initializer(
    `${name}_quantized`,
    'int8',
    sizes,
    bytesOf(Int8Array.from(values, (value) => Math.round(value / scale))),
  );
  return graph.node('DequantizeLinear', [quantised, graph.float(scale)]);
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
