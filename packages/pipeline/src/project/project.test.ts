import { join } from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@xtm/data/testing';
import { parse } from 'yaml';
import { projectFile } from './project-file';
import { proposeNumTopics, proposeProject } from './propose-project';

let place: TemporaryFolder;
let file: string;
beforeEach(async () => {
  place = await temporaryFolder();
  file = join(place.path, 'reviews.yaml');
});
afterEach(() => place.remove());

const nowhere = (): Readonly<Record<string, string>> => ({ XTM_CACHE: join(place.path, 'cache') });

async function documentsIn(codes: readonly string[], count = 300) {
  const text = Array.from({ length: count }, (_, i) => `text number ${i}`).join('\n');
  return Promise.all(
    codes.map(async (language) => ({ language, path: await place.write(`texts/${language}.txt`, text) })),
  );
}

describe('proposeProject', () => {
  it('takes a dictionary that is there', async () => {
    const dictionary = await place.write('pairs.txt', '天气 weather\n');
    const proposed = await proposeProject({ documents: await documentsIn(['en', 'zh']), dictionary }, file, nowhere());
    expect(proposed).toMatchObject({ steps: [], project: { name: 'reviews', dictionary, numTopics: 8 } });
  });

  it.each([
    [['en', 'zh'], [{ kind: 'fetchDictionary', languages: ['en', 'zh'] }]],
    [['is', 'zh'], [{ kind: 'fetchEncoder', encoder: 'multilingual-e5-small' }, { kind: 'induceDictionary' }]],
  ])('says how a dictionary of %j is made', async (codes, steps) => {
    const proposed = await proposeProject({ documents: await documentsIn(codes) }, file, nowhere());
    expect(proposed).toMatchObject({ steps, project: { embedder: { name: 'aligned' }, refiner: 'none' } });
    expect(proposed.project.dictionary).toBe(join(place.path, `dictionary-${codes.join('-')}.txt`));
  });

  it('has an encoder that is on this machine make the dictionary', async () => {
    for (const name of ['onnx/model.onnx', 'tokenizer.json'])
      await place.write(`cache/models/multilingual-e5-small/${name}`, '{}');
    const { steps, reason } = await proposeProject({ documents: await documentsIn(['en', 'zh']) }, file, nowhere());
    expect(steps).toEqual([{ kind: 'induceDictionary' }]);
    expect(reason).toContain('which multilingual-e5-small makes of them');
  });
});

it('as many topics are proposed as the smaller language has documents for', async () => {
  expect(await proposeNumTopics({ documents: await documentsIn(['en'], 1_000) })).toBe(14);
  expect(await proposeNumTopics({ documents: await documentsIn(['en'], 10) })).toBe(5);
  expect(await proposeNumTopics({ documents: [{ language: 'en', path: join(place.path, 'nothing') }] })).toBe(50);
});

it('refuses texts that are there and cannot be read as they are said to be', async () => {
  const documents = [{ language: 'en', path: await place.write('en.csv', 'title,review\na,good room\n') }];
  await expect(proposeNumTopics({ documents, textColumn: 'text' })).rejects.toThrow(/text/);
  expect(await proposeNumTopics({ documents, textColumn: 'review' })).toBe(5);
});

it('a project file holds what was said, its paths relative to it', async () => {
  const documents = await documentsIn(['en', 'zh']);
  const embedder = { name: 'bge-m3', options: { folder: join(place.path, 'bge') } };
  const known = { documents, embedder, description: 'a "quoted": line # of text', textColumn: 'text' };
  const { project } = await proposeProject({ ...known, refiner: 'openai' }, file, nowhere());
  expect(parse(projectFile({ ...project, name: '评论: #1' }, file, ['xtm run']))).toMatchObject({
    prepare: {
      name: '评论: #1',
      description: 'a "quoted": line # of text',
      languages: [{ code: 'en' }, { code: 'zh' }],
      documents: [{ path: 'texts/en.txt', language: 'en', columns: { text: 'text' } }, { path: 'texts/zh.txt' }],
      dictionary: 'dictionary-en-zh.txt',
    },
    dataset: 'data/评论-1',
    run: '评论-1',
    embedder: 'bge-m3',
    embedders: { 'bge-m3': { folder: 'bge' } },
    refiner: 'openai',
    refineEpochs: 30,
    llmPreset: 'ollama',
  });
});
