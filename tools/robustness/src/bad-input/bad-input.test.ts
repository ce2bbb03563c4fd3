import { DataFormatError, XtmError } from '@xtm/contracts';
import { temporaryFolder, type TemporaryFolder } from '@xtm/data/testing';
import { useBackend } from '@xtm/tensor';
import { archives, sparseMatrices } from './archives';
import { arrays } from './arrays';
import { datasets, settingsOfData } from './datasets';
import { embeddings, encoders, safetensors, topicModels } from './models';
import { references, runFolders } from './records';
import { dictionaries, documents, texts } from './texts';

const CATALOGUE = [arrays, archives, sparseMatrices, safetensors, texts, dictionaries, documents, datasets, settingsOfData, topicModels, encoders, embeddings, runFolders, references];

let folder: TemporaryFolder;
beforeAll(() => useBackend('wasm'));
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

describe.each(CATALOGUE)('$reader: bad input is named, placed and advised upon', ({ cases }) => {
  it.each(cases)('$input', async ({ read, error: expected, says, file, line, field }) => {
    const error = await Promise.resolve().then(() => read(folder)).then(() => undefined, (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(expected);
    const { message, advice } = error as XtmError;
    expect(message).toContain(says);
    expect(advice?.length).toBeGreaterThan(10);
    if (file !== undefined) expect(message).toContain(file);
    if (error instanceof DataFormatError) expect(error.place).toMatchObject({ ...(line !== undefined && { line }), ...(field !== undefined && { field }) });
  });
});
