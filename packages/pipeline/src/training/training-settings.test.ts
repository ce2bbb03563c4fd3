import { InvalidOptionError, type Corpus } from '@xtm/contracts';
import { tinyBackbone } from '../testing/tiny-backbone';
import { trainingRecipe } from './recipe';
import { checkTrainingOptions, resolveTrainingSettings } from './training-settings';

/** As much of a corpus as says how many documents each language has. */
function corpusOf(...documents: readonly number[]): Corpus {
  const languages = documents.map((rows, l) => ({
    language: { code: `l${l}`, suffix: `l${l}` },
    vocabulary: [],
    train: {
      rows: {
        rows,
        columns: 0,
        indptr: new Int32Array(rows + 1),
        indices: new Int32Array(),
        values: new Float32Array(),
      },
    },
  }));
  return { name: 'counted', languages };
}

function stepsOf(corpus: Corpus): number {
  const { epochs, batchSize } = trainingRecipe(corpus);
  return epochs * Math.ceil(Math.max(...corpus.languages.map(({ train }) => train.rows.rows)) / batchSize);
}

describe('trainingRecipe', () => {
  it.each([
    [300, 1_000],
    [1_000, 1_500],
    [30_000, 8_216],
  ])('trains on %i documents per language for about %i steps', (documents, steps) => {
    expect(stepsOf(corpusOf(documents, documents))).toBeGreaterThanOrEqual(steps);
    expect(stepsOf(corpusOf(documents, documents))).toBeLessThan(1.05 * steps);
  });

  it('goes by the larger language, and always trains', () => {
    expect(trainingRecipe(corpusOf(50, 4_000))).toEqual(trainingRecipe(corpusOf(4_000, 4_000)));
    expect(trainingRecipe(corpusOf(1_000_000, 1)).epochs).toBeGreaterThan(0);
    expect(trainingRecipe(corpusOf(1, 1)).epochs).toBe(1_000);
  });
});

describe('resolveTrainingSettings', () => {
  it('takes what is said and the recipe for the rest, the rate halved after each third of the epochs', () => {
    const corpus = corpusOf(1_000, 800);
    expect(resolveTrainingSettings({}, tinyBackbone.definition, corpus)).toMatchObject({
      ...trainingRecipe(corpus),
      clipNorm: 5,
      numTopics: 50,
      wordRanking: 'characteristic',
    });
    expect(resolveTrainingSettings({ epochs: 31 }, tinyBackbone.definition, corpus)).toMatchObject({
      epochs: 31,
      halveEvery: 11,
      batchSize: 64,
    });
    expect(
      resolveTrainingSettings({ epochs: 31, halveEvery: 4, batchSize: 8 }, tinyBackbone.definition, corpus),
    ).toMatchObject({ epochs: 31, halveEvery: 4, batchSize: 8 });
  });

  it.each([{ epochs: 0 }, { epoch: 3 }, { learningRate: -1 }, { wordRanking: 'alphabetical' }])(
    'refuses %j, with a corpus and before there is one',
    (wrong) => {
      expect(() => resolveTrainingSettings(wrong as object, tinyBackbone.definition, corpusOf(10, 10))).toThrow(
        InvalidOptionError,
      );
      expect(() => checkTrainingOptions(wrong as object)).toThrow(InvalidOptionError);
    },
  );
});
