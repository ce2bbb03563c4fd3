import { rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBackbone } from '@xtm/backbones';
import { DataFormatError, InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { writeNpy } from '@xtm/data';
import type { TemporaryFolder } from '@xtm/data/testing';
import { openOnnxModel, PrecomputedEmbedder } from '@xtm/embedder';
import { TINY_SHAPE, writeModelFolder } from '@xtm/embedder/testing';
import { loadNeuralTopicModel } from '@xtm/pipeline';
import { decodeSafetensors, encodeSafetensors } from '@xtm/tensor';
import { safetensorsBytes } from '../testing/safetensors-bytes';
import { smallCorpus } from '../testing/small-corpus';
import type { BadCase, BadInputs } from './bad-case';

function tensors(input: string, bytes: Uint8Array, says: string, field?: string): BadCase {
  return {
    input,
    read: () => decodeSafetensors(bytes, 'a.safetensors'),
    error: DataFormatError,
    says,
    file: 'a.safetensors',
    field,
  };
}

const entry = (begin: number, end: number, shape: unknown = [(end - begin) / 4], dtype = 'F32'): unknown => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

export const safetensors: BadInputs = {
  reader: 'safetensors',
  cases: [
    tensors('a short file', new Uint8Array(5), 'too short'),
    tensors('a header longer than the file', new Uint8Array(16).fill(255), 'exceeds the file'),
    tensors('a header that is no JSON', Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 65, 66), 'not JSON'),
    tensors('a list for a header', safetensorsBytes([1], 0), 'not an object'),
    tensors('numbers in the metadata', safetensorsBytes({ __metadata__: { a: 1 } }, 0), 'not text', '__metadata__'),
    tensors('an unknown element type', safetensorsBytes({ a: entry(0, 4, [1], 'Q4') }, 4), 'Q4', 'a'),
    tensors('a shape beyond all memory', safetensorsBytes({ a: entry(0, 4, [2 ** 40, 2 ** 40]) }, 4), 'needs', 'a'),
    tensors('tensors that overlap', safetensorsBytes({ a: entry(0, 8), b: entry(4, 12) }, 12), 'expected 8', 'b'),
    tensors('a tensor beyond the end', safetensorsBytes({ a: entry(0, 8) }, 4), 'ends at byte 8', 'a'),
    tensors('bytes of no tensor', safetensorsBytes({ a: entry(0, 4) }, 8), '4 bytes'),
  ],
};

function modelFile(input: string, facts: unknown, says: string, field: string): BadCase {
  const matrix = { dtype: 'F32', shape: [2, 2], data: Float32Array.of(0.5, 0.5, 0.5, 0.5) } as const;
  return {
    input,
    read: async (folder) => {
      await folder.write(
        'model.safetensors',
        encodeSafetensors(new Map([['topicWord.en', matrix]]), { xtm: JSON.stringify(facts) }),
      );
      return loadNeuralTopicModel(folder.path, findBackbone);
    },
    error: DataFormatError,
    says,
    file: 'model.safetensors',
    field,
  };
}

const FACTS = {
  name: 'nmtm',
  modelOptions: {},
  languages: [{ code: 'en', suffix: 'en' }],
  vocabularies: [['a', 'b']],
};

export const topicModels: BadInputs = {
  reader: 'saved model',
  cases: [
    {
      input: 'no model',
      read: (folder) => loadNeuralTopicModel(folder.path, findBackbone),
      error: MissingFileError,
      says: 'not found',
      file: 'model.safetensors',
    },
    modelFile('facts of another program', { a: 1 }, 'not a model that xtm wrote', 'xtm'),
    modelFile('a vocabulary too few', { ...FACTS, vocabularies: [] }, 'not a model that xtm wrote', 'xtm'),
    modelFile(
      'a vocabulary of another size',
      { ...FACTS, vocabularies: [['a', 'b', 'c']] },
      'has 2 columns; the vocabulary has 3 words',
      'topicWord.en',
    ),
    modelFile('an unknown backbone', { ...FACTS, name: 'lda' }, 'must be one of nmtm', 'xtm'),
    modelFile(
      'a language without topics',
      { ...FACTS, languages: [{ code: 'de', suffix: 'de' }] },
      'expected a float32 matrix',
      'topicWord.de',
    ),
  ],
};

/** A small encoder's folder after something was done to it. */
function encoder(
  input: string,
  spoil: (folder: string) => Promise<unknown>,
  expected: Omit<BadCase, 'input' | 'read'>,
): BadCase {
  const read = async ({ path }: TemporaryFolder): Promise<unknown> => {
    const folder = join(path, 'model');
    await writeModelFolder(folder, { weights: 'external', shape: { ...TINY_SHAPE, positions: 64 } });
    await spoil(folder);
    return openOnnxModel({ folder });
  };
  return { input, read, ...expected };
}

export const encoders: BadInputs = {
  reader: 'ONNX and tokenizer',
  cases: [
    {
      input: 'an empty folder',
      read: ({ path }) => openOnnxModel({ folder: path }),
      error: MissingFileError,
      says: 'not found',
      file: 'model.onnx',
    },
    encoder('a text for a graph', (folder) => writeFile(join(folder, 'model.onnx'), 'graph'), {
      error: DataFormatError,
      says: 'cannot be loaded',
      file: 'model.onnx',
    }),
    encoder('half a graph', (folder) => truncate(join(folder, 'model.onnx'), 200), {
      error: DataFormatError,
      says: 'cannot be loaded',
      file: 'model.onnx',
    }),
    encoder('a graph without its weights', (folder) => rm(join(folder, 'model.onnx_data')), {
      error: DataFormatError,
      says: 'cannot be loaded',
      file: 'model.onnx',
    }),
    encoder('half the weights', (folder) => truncate(join(folder, 'model.onnx_data'), 1000), {
      error: DataFormatError,
      says: 'cannot be loaded',
      file: 'model.onnx',
    }),
    encoder('no tokenizer', (folder) => rm(join(folder, 'tokenizer.json')), {
      error: MissingFileError,
      says: 'not found',
      file: 'tokenizer.json',
    }),
    encoder('a tokenizer that breaks off', (folder) => writeFile(join(folder, 'tokenizer.json'), '{"model": {'), {
      error: DataFormatError,
      says: 'tokenizer.json',
      file: 'tokenizer.json',
    }),
    encoder('a tokenizer without model', (folder) => writeFile(join(folder, 'tokenizer.json'), '{}'), {
      error: DataFormatError,
      says: 'tokenizer.json',
      file: 'tokenizer.json',
    }),
    encoder(
      'a tokenizer of an unknown kind',
      (folder) => writeFile(join(folder, 'tokenizer.json'), '{"model": {"type": "Oracle"}}'),
      { error: DataFormatError, says: 'tokenizer.json', file: 'tokenizer.json' },
    ),
    encoder(
      'rules of normalisation that are none',
      (folder) =>
        writeFile(
          join(folder, 'tokenizer.json'),
          JSON.stringify({
            normalizer: { type: 'Precompiled', precompiled_charsmap: '/////wAA' },
            model: { type: 'Unigram', vocab: [['a', 0]], unk_id: 0 },
          }),
        ),
      { error: DataFormatError, says: 'tokenizer.json', file: 'tokenizer.json' },
    ),
    encoder(
      'a description with wrong types',
      (folder) => writeFile(join(folder, 'config.json'), '{"pad_token_id": "one"}'),
      { error: DataFormatError, says: 'does not describe a model', file: 'config.json' },
    ),
    encoder(
      'a pooling description that breaks off',
      (folder) => writeFile(join(folder, '1_Pooling', 'config.json'), '{'),
      { error: DataFormatError, says: 'does not describe a model', file: 'config.json' },
    ),
    encoder('no word on pooling', (folder) => rm(join(folder, '1_Pooling'), { recursive: true }), {
      error: InvalidOptionError,
      says: "does not say how a text's vector comes from its tokens",
    }),
    encoder(
      'a pooling that there is not here',
      (folder) => writeFile(join(folder, '1_Pooling', 'config.json'), '{"pooling_mode_max_tokens": true}'),
      { error: InvalidOptionError, says: "does not say how a text's vector comes from its tokens" },
    ),
    encoder('a record of another program', (folder) => writeFile(join(folder, 'xtm-encoder.json'), '{"name": 1}'), {
      error: DataFormatError,
      says: 'does not say which model',
      file: 'xtm-encoder.json',
    }),
    encoder(
      'prompts of wrong types',
      (folder) => writeFile(join(folder, 'config_sentence_transformers.json'), '{"prompts": ["query: "]}'),
      { error: DataFormatError, says: 'does not describe a model', file: 'config_sentence_transformers.json' },
    ),
    encoder(
      'several graphs',
      (folder) =>
        rm(join(folder, 'model.onnx')).then(() =>
          Promise.all(['a', 'b'].map((name) => writeFile(join(folder, `${name}.onnx`), ''))),
        ),
      { error: InvalidOptionError, says: 'a.onnx, b.onnx' },
    ),
  ],
};

/** Precomputed word embeddings of the small corpus, one file replaced. */
function precomputed(
  input: string,
  bytes: Uint8Array | undefined,
  expected: Omit<BadCase, 'input' | 'read'>,
): BadCase {
  const read = async (folder: TemporaryFolder): Promise<unknown> => {
    const corpus = smallCorpus();
    const words = corpus.languages[0]!.vocabulary.length;
    await folder.write('word_embeddings_cn.npy', writeNpy(new Float32Array(words * 2), [words, 2]));
    if (bytes !== undefined) await folder.write('word_embeddings_en.npy', bytes);
    const embedder = new PrecomputedEmbedder(folder.path);
    await embedder.fit(corpus).catch(() => undefined);
    return embedder.embedWords(['a'], 0);
  };
  return { input, read, ...expected };
}

export const embeddings: BadInputs = {
  reader: 'precomputed embeddings',
  cases: [
    precomputed('no file', undefined, { error: MissingFileError, says: 'not found', file: 'word_embeddings_en.npy' }),
    precomputed('one axis', writeNpy(new Float32Array(4), [4]), {
      error: DataFormatError,
      says: '1 axes',
      file: 'word_embeddings_en.npy',
      field: 'shape',
    }),
    precomputed('other words', writeNpy(new Float32Array(6), [3, 2]), {
      error: DataFormatError,
      says: '3 rows',
      file: 'word_embeddings_en.npy',
      field: 'shape',
    }),
    precomputed('infinite numbers', writeNpy(new Float32Array(48).fill(Infinity), [24, 2]), {
      error: DataFormatError,
      says: 'not finite',
      file: 'word_embeddings_en.npy',
    }),
    precomputed('no columns', writeNpy(new Float32Array(0), [24, 0]), {
      error: DataFormatError,
      says: 'no columns',
      file: 'word_embeddings_en.npy',
      field: 'shape',
    }),
  ],
};

