import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeModelFolder } from '../testing';
import { encoderCatalogue } from './encoder-catalogue';
import { findEncoders, modelsFolder, readEncoderRecord, RECORD_NAME, writeEncoderRecord } from './find-encoders';

describe('encoderCatalogue', () => {
  it.each(encoderCatalogue)('has all that is needed to fetch and to run $name', ({ repository, graphs, dimensions, maxTokens, licence }) => {
    expect(repository).toMatch(/^[\w.-]+\/[\w.-]+$/);
    expect(Object.values(graphs).every(({ path, downloadBytes }) => path.endsWith('.onnx') && downloadBytes > 1e8)).toBe(true);
    expect([dimensions, maxTokens].every((size) => size >= 128)).toBe(true);
    expect(licence).toMatch(/^(MIT|Apache-2\.0)$/);
  });
});

describe('findEncoders', () => {
  let models: string;

  beforeEach(async () => {
    models = await mkdtemp(join(tmpdir(), 'xtm-models-'));
  });

  afterEach(() => rm(models, { recursive: true, force: true }));

  it('finds fetched folders wherever they were renamed to, and copies by their name', async () => {
    await writeModelFolder(join(models, 'mine'));
    await writeEncoderRecord(join(models, 'mine'), { model: 'bge-m3', repository: 'BAAI/bge-m3', revision: 'main' });
    await writeModelFolder(join(models, 'multilingual-e5-small'), { graph: 'model_quantized.onnx' });
    await writeModelFolder(join(models, 'intfloat--multilingual-e5-small'), { graph: 'onnx/model.onnx' });
    await writeModelFolder(join(models, 'some-other'));
    expect((await findEncoders(models)).map(({ name, folder, precisions, dimensions }) => [name, folder.slice(models.length + 1), precisions, dimensions])).toEqual([
      ['multilingual-e5-small', 'intfloat--multilingual-e5-small', ['float32'], 384],
      ['multilingual-e5-small', 'multilingual-e5-small', ['int8'], 384],
      ['bge-m3', 'mine', ['float32'], 1_024],
    ]);
    expect((await findEncoders(models))[0]!.bytes).toBeGreaterThan(100_000);
  });

  it('passes over what is not whole, and what is not there', async () => {
    const folder = join(models, 'bge-m3');
    await mkdir(folder);
    expect(await findEncoders(models)).toEqual([]);
    await writeModelFolder(folder, { weights: 'external' });
    await rename(join(folder, 'model.onnx_data'), join(folder, 'model.onnx_data.part'));
    expect(await findEncoders(models)).toEqual([]);
    await rename(join(folder, 'model.onnx_data.part'), join(folder, 'model.onnx_data'));
    expect(await findEncoders(models)).toHaveLength(1);
    await rm(join(folder, 'tokenizer.json'));
    expect(await findEncoders(models)).toEqual([]);
    expect(await findEncoders(join(models, 'nowhere'))).toEqual([]);
  });

  it('looks in the cache folder', () => {
    expect(modelsFolder({ XTM_CACHE: '/cache' })).toBe(join('/cache', 'models'));
  });
});

describe('readEncoderRecord', () => {
  it('names the file where it is not what xtm writes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'xtm-record-'));
    expect(await readEncoderRecord(folder)).toBeUndefined();
    await writeFile(join(folder, RECORD_NAME), '{"model": 3}');
    await expect(readEncoderRecord(folder)).rejects.toMatchObject({ place: { file: join(folder, RECORD_NAME) } });
    await rm(folder, { recursive: true });
  });
});
