import { InvalidOptionError, type SparseRows } from '@xtm/contracts';
import { TextEmbedder } from './text-embedder';
import { LetterModel } from './testing';

const VOCABULARY = ['ab', 'cd', 'e'];
/** Documents `ab ab e`, nothing, `cd`. */
const ROWS: SparseRows = { rows: 3, columns: 3, indptr: Int32Array.of(0, 2, 2, 3), indices: Int32Array.of(0, 2, 1), values: Float32Array.of(2, 1, 1) };

describe('TextEmbedder', () => {
  it('reads the words of bags in place of texts that are not there, and says so once for each title', async () => {
    const warnings: string[] = [];
    const run = { onWarning: (warning: string) => void warnings.push(warning) };
    const model = new LetterModel();
    const embedder = new TextEmbedder(model);
    const documents = { languageIndex: 0, rows: ROWS, vocabulary: VOCABULARY, title: 'training documents (zh)' };
    const vectors = await embedder.embedDocuments(documents, run);
    expect(Array.from(vectors.data)).toEqual(['ab ab e', '', 'cd'].flatMap((text) => model.vector(text)));
    await embedder.embedDocuments(documents, run);
    await embedder.embedDocuments({ ...documents, title: 'test documents (zh)' }, run);
    expect(warnings).toEqual([expect.stringContaining('the training documents (zh) have no texts'), expect.stringContaining('the test documents (zh)')]);
    await embedder.embedDocuments({ ...documents, texts: ['x', 'y', 'z'], title: 'others' }, run);
    expect(warnings).toHaveLength(2);
  });

  it('averages the words\' vectors, each as often as it occurs, where that is asked for', async () => {
    const model = new LetterModel();
    const embedder = new TextEmbedder(model, { documentVectors: 'words' });
    const vectors = await embedder.embedDocuments({ languageIndex: 0, rows: ROWS, vocabulary: VOCABULARY, texts: ['never', 'read', 'here'] });
    const sum = model.vector('ab').map((value, c) => 2 * value + model.vector('e')[c]!);
    expect(Array.from(vectors.data)).toEqual([sum, [0, 0, 0, 0], model.vector('cd')].flatMap((vector) => vector.map((value) => expect.closeTo(value / (Math.hypot(...vector) || 1), 5) as number)));
    expect(model.batches.flat().sort()).toEqual(VOCABULARY);
    await expect(embedder.embedDocuments({ languageIndex: 0, texts: ['a'] })).rejects.toMatchObject({ constructor: InvalidOptionError, option: 'documentVectors' });
  });
});
