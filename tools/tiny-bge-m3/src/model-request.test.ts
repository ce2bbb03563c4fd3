import { InvalidOptionError } from '@xtm/contracts';
import { openOnnxModel } from '@xtm/embedder';
import { writeModelFolder } from '@xtm/embedder/testing';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModelRequest } from './model-request';

describe('readModelRequest', () => {
  it('starts from a named size and changes what is asked', () => {
    expect(readModelRequest(['out', '--size', 'bge-m3', '--layers', '2'])).toMatchObject({ folder: 'out', options: { shape: { dimensions: 1_024, layers: 2, heads: 16, intermediate: 4_096, positions: 8_194 } } });
    expect(readModelRequest(['out'])).toMatchObject({ options: { shape: { dimensions: 32, layers: 2 }, weights: 'inside' } });
    expect(readModelRequest(['--help'])).toBe('help');
  });

  it.each([[[]], [['a', 'b']], [['a', '--layers', 'x']], [['a', '--outputs', 'pooler_output']], [['a', '--heads', '3']], [['a', '--weight', 'inside']]])('refuses %j', (argv) => {
    expect(() => readModelRequest(argv)).toThrow(InvalidOptionError);
  });

  it('describes models that open', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'xtm-tiny-'));
    const request = readModelRequest([folder, '--weights', 'external', '--dimensions', '48', '--outputs', 'token_embeddings,sentence_embedding', '--positions', '66']);
    if (request === 'help') throw new Error('a request was expected');
    await writeModelFolder(request.folder, request.options);
    expect(await readdir(folder)).toEqual(['1_Pooling', 'config.json', 'model.onnx', 'model.onnx_data', 'tokenizer.json']);
    const model = await openOnnxModel({ folder });
    expect(model).toMatchObject({ dimensions: 48, maxTokens: 64 });
    await model.dispose!();
    await rm(folder, { recursive: true });
  });
});
