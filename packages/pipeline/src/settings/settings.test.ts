import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { InvalidOptionError } from '@xtm/contracts';
import fc from 'fast-check';
import { presentNames } from './former-names';
import { settingsJsonSchema } from './json-schema';
import { endpointOptions, learnsFromEmbedder, resolveSettings } from './resolve-settings';
import { readSettingsFile } from './settings-file';
import { describeDefault, flagOf, optionGroups, settings } from './table';
import { withoutGpu } from './train-with-settings';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-settings-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(text: string): string {
  const file = join(folder, 'xtm.yaml');
  writeFileSync(file, text);
  return file;
}

const DATA = { dataset: 'nowhere' };

describe('the table', () => {
  it('has every name once, says what it means in one line, and records it in one place', () => {
    const names = [...settings.map(({ name }) => name), ...optionGroups.map(({ name }) => name)];
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(settings.map(({ recorded }) => recorded)).size).toBe(settings.length);
    for (const { description } of settings) expect(description).toMatch(/^[^.\n]+(\.?[^.\s][^.\n]*)*$/);
  });

  it('has one name for flag and key', () => {
    expect(flagOf('alignmentWeight')).toBe('--alignment-weight');
    for (const { name } of settings) expect(flagOf(name)).toMatch(/^--[a-z]+(-[a-z]+)*$/);
  });

  it('says defaults as the library has them', () => {
    const of = (name: string) => describeDefault(settings.find((setting) => setting.name === name)!);
    expect([of('alignmentWeight'), of('rounds'), of('epochs'), of('preset')]).toEqual([
      '400',
      '5',
      'by the number of documents',
      undefined,
    ]);
  });
});

describe('resolveSettings', () => {
  it('lets flags win over the file, the file over the run gone on from, that over the preset', async () => {
    const { settings: resolved, sources } = await resolveSettings({
      flags: { ...DATA, alignmentWeight: 7, preset: 'amazon-review' },
      file: { alignmentWeight: 5, rounds: 3, seed: 4 },
      earlier: { rounds: 2, seed: 9, threads: 1 },
    });
    expect(resolved).toMatchObject({
      seed: 4,
      threads: 1,
      numTopics: 50,
      refinement: { alignmentWeight: 7, rounds: 3 },
    });
    expect(sources).toMatchObject({
      alignmentWeight: 'flag',
      rounds: 'file',
      threads: 'file',
      numTopics: 'preset',
      model: 'default',
    });
  });

  it("keeps each model's options apart and gives the chosen one its own", async () => {
    const file = { ...DATA, models: { nmtm: { dropout: 0.3 }, xtra: { temperature: 0.5 } } };
    const chosen = async (model: string) => (await resolveSettings({ flags: { model }, file })).settings.modelOptions;
    expect(await chosen('nmtm')).toEqual({ dropout: 0.3 });
    expect(await chosen('xtra')).toEqual({ temperature: 0.5 });
    expect(await chosen('u-svd')).toEqual({});
  });

  it('gives options of "the model" to the one that is chosen, over those of the file', async () => {
    const { settings: resolved } = await resolveSettings({
      flags: { ...DATA, model: 'xtra', modelOption: { temperature: 0.1 }, embedderOption: { dimensions: 50 } },
      file: { models: { xtra: { temperature: 0.5, documentContrastWeight: 3 } } },
    });
    expect(resolved.modelOptions).toEqual({ temperature: 0.1, documentContrastWeight: 3 });
    expect(resolved.embedderOptions).toEqual({ dimensions: 50 });
  });

  it('refuses what is wrong with its name, whichever model it is for', async () => {
    const refused = (file: object) => expect(resolveSettings({ flags: DATA, file: { ...file } })).rejects;
    await refused({ rounds: 0 }).toMatchObject({ option: 'rounds', value: 0 });
    await refused({ models: { nmtn: {} } }).toMatchObject({ option: 'models.nmtn' });
    await refused({ models: { gloctm: { temprature: 1 } } }).toMatchObject({ option: 'temprature' });
    await refused({ model: 'lda' }).toThrow(InvalidOptionError);
    await refused({ embedders: { openai: { apiKey: 'sk-123' } } }).toMatchObject({
      option: 'embedders.openai.apiKey',
      value: undefined,
    });
    await expect(resolveSettings({ flags: {} })).rejects.toThrow('a dataset folder is needed');
  });

  it('gathers what the endpoint needs, in files and from flags', async () => {
    const flags = { ...DATA, llmModel: 'qwen3', maxCalls: 20, llmOption: { timeout: 5 } };
    const { settings: resolved } = await resolveSettings({ flags, file: { llm: { retries: 1 }, llmPreset: 'ollama' } });
    const llm = { preset: 'ollama', model: 'qwen3', retries: 1, timeout: 5, budget: { maxCalls: 20 } };
    expect(resolved.llm).toEqual(llm);
    expect(
      endpointOptions({ llmPreset: 'ollama', llmModel: 'qwen3', maxCalls: 20, llm: { retries: 1, timeout: 5 } }),
    ).toEqual(llm);
    expect(endpointOptions(DATA)).toEqual({});
  });

  it('adds what phase 2 does best with, unless phase 1 learns from the same embeddings', async () => {
    const optionsOf = async (model: string) =>
      (await resolveSettings({ flags: { ...DATA, model, refiner: 'corpus' } })).settings.embedderOptions;
    expect(await optionsOf('nmtm')).toMatchObject({ dimensions: 100 });
    expect(learnsFromEmbedder('xtra')).toBe(true);
    expect(await optionsOf('xtra')).toEqual({});
  });
});

describe('withoutGpu', () => {
  const settled = async (flags: object) =>
    (await resolveSettings({ flags: { dataset: 'data/amazon', model: 'infoctm', ...flags } })).settings;

  it('goes on with wasm in a folder of its own', async () => {
    expect(withoutGpu(await settled({}), { name: 'tensorflow', path: 'gpu' })).toMatchObject({
      backend: 'wasm',
      run: 'amazon-infoctm-wasm',
    });
    expect(withoutGpu(await settled({ run: 'mine' }), { name: 'tensorflow', path: 'gpu' })).toMatchObject({
      run: 'mine-wasm',
    });
  });

  it('leaves a backend alone that was asked for, and the last one', async () => {
    expect(withoutGpu(await settled({ backend: 'tensorflow' }), { name: 'tensorflow', path: 'gpu' })).toBeUndefined();
    expect(withoutGpu(await settled({}), { name: 'wasm', path: 'kernels' })).toBeUndefined();
  });
});

describe('former names', () => {
  it('are read as the present ones, and said', () => {
    const { settings: present, notices } = presentNames({
      refinement: { epochs: 3, temperature: 0.5 },
      modelOptions: { dropout: 0.1 },
      llm: { preset: 'ollama', budget: { maxCalls: 5 }, timeout: 9 },
      seed: 1,
    });
    expect(present).toEqual({
      refineEpochs: 3,
      alignmentTemperature: 0.5,
      modelOption: { dropout: 0.1 },
      llmPreset: 'ollama',
      maxCalls: 5,
      llm: { timeout: 9, budget: {} },
      seed: 1,
    });
    expect(notices).toContain('refinement.epochs is now called refineEpochs');
  });

  it('leave present names as they are, whatever the values', () => {
    const names = settings.map(({ name }) => name);
    const layers = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.integer(), fc.string(), fc.boolean()));
    fc.assert(
      fc.property(layers, (layer) => {
        expect(presentNames(layer)).toEqual({ settings: layer, notices: [] });
      }),
    );
  });
});

describe('readSettingsFile', () => {
  it('reads paths relative to the file, those of every embedder too', () => {
    const { settings: read } = readSettingsFile(
      fileOf(
        'dataset: data\nembedders:\n  onnx: { folder: e5 }\n  openai: { store: vectors }\nllm: { replyFolder: replies }\n',
      ),
    );
    expect(read).toEqual({
      dataset: resolve(folder, 'data'),
      embedders: { onnx: { folder: resolve(folder, 'e5') }, openai: { store: resolve(folder, 'vectors') } },
      llm: { replyFolder: resolve(folder, 'replies') },
    });
  });

  it('keeps the section prepare apart', () => {
    expect(readSettingsFile(fileOf('prepare: { name: x }\n')).prepare).toEqual({ name: 'x' });
  });

  it('refuses a name that is no setting, and tells former names', () => {
    expect(() => readSettingsFile(fileOf('epoch: 3\n'))).toThrow(expect.objectContaining({ option: 'epoch' }));
    const { settings: read, notices } = readSettingsFile(fileOf('refinement:\n  alignmentWeight: 100\n'));
    expect(read).toEqual({ alignmentWeight: 100 });
    expect(notices.join()).toContain('xtm.yaml: refinement.alignmentWeight is now called alignmentWeight');
  });
});

describe('settingsJsonSchema', () => {
  const { properties } = settingsJsonSchema() as { properties: Record<string, Record<string, unknown>> };

  it('knows every setting, every group and the section prepare', () => {
    expect(Object.keys(properties)).toEqual([...settings, ...optionGroups].map(({ name }) => name).concat('prepare'));
  });

  it('says kinds, bounds, defaults and meanings, and nothing that is for help alone', () => {
    expect(properties['alignmentWeight']).toMatchObject({ type: 'number', minimum: 0, default: 400 });
    expect(properties['wordLoss']).toMatchObject({ enum: ['mmd', 'transport', 'none'] });
    expect(properties['epochs']!['description']).toContain('by the number of documents');
    expect(JSON.stringify(properties)).not.toMatch(/"defaultText"|"placeholder"|"isPath"/);
  });

  it('knows the options of each embedder and refiner, but no key', () => {
    const optionsOf = (group: string, name: string) => {
      const members = properties[group]!['properties'] as Record<string, { properties: object }>;
      return Object.keys(members[name]!.properties);
    };
    expect(optionsOf('embedders', 'aligned')).toContain('dimensions');
    expect(optionsOf('embedders', 'openai')).toEqual(expect.arrayContaining(['baseUrl', 'apiKeyVariable', 'prefix']));
    expect(optionsOf('refiners', 'corpus')).toContain('rarityWeight');
    expect(JSON.stringify(properties)).not.toContain('"apiKey"');
  });

  it('knows the options of each model', () => {
    const models = properties['models']!['properties'] as Record<string, { properties: object }>;
    expect(Object.keys(models['nmtm']!.properties)).toContain('dictionaryShare');
    expect(Object.keys(models)).toHaveLength(8);
  });
});
