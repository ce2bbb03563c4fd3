import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChatModel, DenseMatrix, Embedder, RandomGenerator, SparseRows, Topic } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { trainLinearSvm } from '../classification/linear-svm';
import { countReference } from '../coherence/count-reference';
import { npmi } from '../coherence/npmi';
import { chanceOfMates } from '../proportions/mate-retrieval';
import { topicShares } from '../proportions/topic-shares';
import { temporaryFolder } from '../testing/temporary-folder';
import { evaluateTopics } from './evaluate-topics';
import type { EvaluatedLanguage, EvaluationInput } from './evaluation-input';
import { compareEvaluations, figuresOf, figureTitle, isFloorFigure, isMainFigure } from './figures';

const ENGLISH = ['film', 'actor', 'phone', 'charger'];
const CHINESE = ['电影', '演员', '手机', '充电器'];
const TOPICS: Topic[] = [
  { index: 0, words: [['film', 'actor'], ['电影', '演员']] },
  { index: 1, words: [['phone', 'charger'], ['手机', '充电器']] },
];

/** Documents of two themes: the first two words belong to one, the others to the other. */
function themedDocuments(generator: RandomGenerator, documents: number) {
  const themes = Array.from({ length: documents }, () => generator.integer(2));
  const indices = Int32Array.from(themes.flatMap((theme) => [2 * theme, 2 * theme + 1]));
  const indptr = Int32Array.from({ length: documents + 1 }, (_, row) => 2 * row);
  const rows: SparseRows = { rows: documents, columns: 4, indptr, indices, values: new Float32Array(indices.length).fill(1) };
  const proportions = matrix(themes.map((theme) => (theme === 0 ? [0.8, 0.2] : [0.3, 0.7])));
  return { rows, ids: themes.map((_, document) => `document ${document}`), labels: themes.map((theme) => (theme === 0 ? 'films' : 'phones')), proportions, means: proportions };
}

function matrix(rows: number[][]): DenseMatrix {
  return { rows: rows.length, columns: rows[0]!.length, data: Float32Array.from(rows.flat()) };
}

function language(code: string, vocabulary: string[], generator: RandomGenerator): EvaluatedLanguage {
  const test = themedDocuments(generator, 30);
  return {
    language: { code, suffix: code },
    vocabulary,
    topicWord: matrix([[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]]),
    train: themedDocuments(generator, 40),
    test,
    completion: { heldOut: test.rows, proportions: test.proportions },
  };
}

/** Words of the first theme point one way, those of the second another. */
const embedder: Embedder = {
  name: 'themes',
  dimensions: 2,
  fingerprint: 'themes',
  embedDocuments: async () => matrix([[0, 0]]),
  embedWords: async () => matrix([[0, 0]]),
  embedTexts: async (texts) => matrix(texts.map((text) => (/film|电影/.test(text) ? [1, 0] : [0, 1]))),
};

const chatModel: ChatModel = { name: 'kind', complete: async () => ({ text: '3', usage: { inputTokens: 1, outputTokens: 1 }, cached: false }) };

async function fullInput(folder: string): Promise<EvaluationInput> {
  const generator = new SeededGenerator(7);
  const files = [join(folder, 'en.txt'), join(folder, 'zh.txt')] as const;
  await writeFile(files[0], 'film actor\nphone charger\n');
  await writeFile(files[1], '电影 演员\n手机 充电器\n');
  return {
    topics: TOPICS,
    languages: [language('en', ENGLISH, generator), language('zh-Hans', CHINESE, generator)],
    dictionaries: [{ languages: [0, 1], first: Int32Array.of(0, 1, 2), second: Int32Array.of(0, 1, 2) }],
    references: [{ languages: [0, 1], source: { files: [files] } }],
    embedder,
    chatModel,
  };
}

describe('evaluateTopics', () => {
  it('reports how many measures are done', async () => {
    const reports: { readonly done: number; readonly total: number }[] = [];
    const input: EvaluationInput = { topics: TOPICS, languages: ['en', 'zh'].map((code, side) => ({ language: { code, suffix: code }, vocabulary: [ENGLISH, CHINESE][side] })) };
    await evaluateTopics(input, {}, { onProgress: ({ stage, ...report }) => (stage === 'evaluating' ? reports.push(report) : undefined) });
    const total = reports.at(-1)!.total;
    expect(reports).toEqual(Array.from({ length: total + 1 }, (_, done) => ({ done, total })));
  });

  it('computes everything when everything is there', async () => {
    await using folder = await temporaryFolder();
    const input = await fullInput(folder.path);
    const { measures, omitted, warnings, ...facts } = await evaluateTopics(input, { classifiers: ['linear', 'rbf', 'nearestNeighbours'], ratingRuns: 2 });
    expect([omitted, warnings]).toEqual([[], []]);
    expect(facts).toEqual({ languages: ['en', 'zh-Hans'], numTopics: 2, topWords: 2 });
    expect(measures.topicUniqueness).toEqual({ perLanguage: [1, 1], mean: 1 });
    expect(measures.cnpmi).toEqual([{ languages: ['en', 'zh-Hans'], counting: 'documents', documents: 2, perTopic: [1, 1], mean: 1 }]);
    expect(measures.topicQuality).toBe(1);
    expect(measures.npmi!.perTopic[0]).toEqual(npmi([['film', 'actor'], ['phone', 'charger']], { rows: input.languages[0]!.test!.rows!, vocabulary: ENGLISH }).perTopic);
    expect(measures.dictionaryAgreement![0]).toMatchObject({ perTopic: [1, 0.5], mean: 0.75, coverage: 0.75 });
    expect(measures.embeddingAlignment![0]).toMatchObject({ mean: 1, nearestRate: 1 });
    expect(measures.perplexity!.perLanguage[0]).toBeGreaterThan(2);
    expect(measures.classification!.map(({ classifier, features }) => [classifier, features])).toEqual([['linear', 'means'], ['rbf', 'means'], ['nearestNeighbours', 'means']]);
    for (const { results } of measures.classification!) expect(results.map(({ accuracy }) => accuracy)).toEqual([1, 1, 1, 1]);
    expect([measures.purity, measures.normalisedMutualInformation]).toEqual([1, expect.closeTo(1, 10)]);
    expect(measures.languageBalance).toBeGreaterThan(0.8);
    expect(measures.topicShares).toMatchObject({ split: 'train', perLanguage: [topicShares(input.languages[0]!.train!.proportions!), topicShares(input.languages[1]!.train!.proportions!)] });
    for (const { value, floor, gain } of measures.coverageGain!.perLanguage) expect([value, gain]).toEqual([1, 1 - floor]);
    for (const { value, floor } of measures.documentCompletion!.perLanguage) expect([value > 0.05, floor < 0]).toEqual([true, true]);
    expect(measures.labelInformation).toMatchObject({ split: 'test', mean: expect.closeTo(1, 10) as number });
    for (const { floor } of measures.labelInformation!.perLanguage) expect(floor).toBeLessThan(0.2);
    expect(measures.mateRetrieval).toMatchObject([{ languages: ['en', 'zh-Hans'], split: 'test', mates: 30, directions: [{ queryLanguage: 'en' }, { queryLanguage: 'zh-Hans' }], chance: chanceOfMates(30) }]);
    expect(measures.llmRatings).toMatchObject({ runs: 2, coherence: [{ mean: 3 }, { mean: 3 }], similarity: [{ mean: 3, counted: 4 }] });
  });

  it('says what it left out, and why, when there are only topics', async () => {
    const languages = ['en', 'zh-Hans'].map((code) => ({ language: { code, suffix: code } }));
    const { measures, omitted } = await evaluateTopics({ topics: TOPICS, languages });
    expect(Object.keys(measures)).toEqual(['topicUniqueness', 'topicDiversity', 'inverseRankBiasedOverlap']);
    expect(Object.fromEntries(omitted.map(({ measure, reason }) => [measure, reason]))).toEqual({
      npmi: 'there are no held-out documents in en and zh-Hans',
      cnpmi: 'no reference corpus was given',
      topicQuality: 'it needs CNPMI, hence a reference corpus',
      dictionaryAgreement: 'no dictionary was given',
      embeddingAlignment: 'no embedder was given',
      topicShares: 'it needs documents with topic proportions in every language',
      coverageGain: 'there are no test documents with words and topic proportions in en and zh-Hans',
      documentCompletion: 'there are no half-seen test documents, or no training documents with words and topic proportions, in en and zh-Hans',
      labelInformation: 'it needs labelled documents with topic proportions in every language',
      mateRetrieval: 'no two languages have documents with the same ids and topic proportions',
      perplexity: 'there are no half-seen test documents in en and zh-Hans',
      classification: 'it needs labels and inferred documents of both splits in every language',
      purity: 'there are no labelled test documents with topic proportions in en and zh-Hans',
      normalisedMutualInformation: 'there are no labelled test documents with topic proportions in en and zh-Hans',
      languageBalance: 'there are no test documents with topic proportions in en and zh-Hans',
      llmRatings: 'no chat model was given',
    });
  });

  it('classifies proportions where a method has no means', async () => {
    const generator = new SeededGenerator(3);
    const { rows, labels, proportions } = themedDocuments(generator, 20);
    const train = { rows, labels, proportions };
    const bare = { ...language('en', ENGLISH, generator), train };
    const { measures } = await evaluateTopics({ topics: TOPICS.map(({ index, words }) => ({ index, words: [words[0]!] })), languages: [bare] }, { classifiers: ['linear'] });
    const predictions = await trainLinearSvm({ features: train.proportions, labels: train.labels }).predict(bare.test!.proportions!);
    expect(measures.classification).toMatchObject([{ features: 'proportions', results: [{ accuracy: predictions.filter((label, i) => label === bare.test!.labels![i]).length / 30 }] }]);
  });

  it('takes training documents where there are no test documents, and the other way round', async () => {
    const topics = TOPICS.map(({ index, words }) => ({ index, words: [words[0]!] }));
    const { language: english, vocabulary, train, test } = language('en', ENGLISH, new SeededGenerator(3));
    const trained = await evaluateTopics({ topics, languages: [{ language: english, vocabulary, train }] }, { classifiers: [] });
    expect([trained.measures.topicShares!.split, trained.measures.labelInformation!.split]).toEqual(['train', 'train']);
    const tested = await evaluateTopics({ topics, languages: [{ language: english, vocabulary, test }] }, { classifiers: [] });
    expect([tested.measures.topicShares!.split, tested.measures.labelInformation!.split]).toEqual(['test', 'test']);
    expect(tested.measures.coverageGain!.mean).toBeGreaterThan(0.3);
  });

  it('finds mates by id, whatever the order of the documents', async () => {
    const evaluated = (code: string, ids: string[], rows: number[][]): EvaluatedLanguage => ({ language: { code, suffix: code }, test: { ids, proportions: matrix(rows) } });
    const languages = [
      evaluated('en', ['a', 'only English', 'b', 'c'], [[1, 0, 0], [0.3, 0.3, 0.4], [0, 1, 0], [0, 0.2, 0.8]]),
      evaluated('fr', ['c', 'b', 'only French', 'a'], [[0.1, 0, 0.9], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4], [0.7, 0.3, 0]]),
      evaluated('de', ['c', 'b'], [[0, 1, 0], [0, 0, 1]]),
    ];
    const { measures } = await evaluateTopics({ topics: [{ index: 0, words: [['a'], ['b'], ['c']] }], languages });
    const perfect = { precisionAt1: 1, precisionAt10: 1, reciprocalRank: 1 };
    expect(measures.mateRetrieval).toMatchObject([
      { languages: ['en', 'fr'], mates: 3, directions: [{ queryLanguage: 'en', ...perfect }, { queryLanguage: 'fr', ...perfect }] },
      { languages: ['en', 'de'], mates: 2, directions: [{ precisionAt1: 0, reciprocalRank: 0.5 }, { precisionAt1: 0, reciprocalRank: 0.5 }] },
      { languages: ['fr', 'de'], mates: 2 },
    ]);
  });

  it('tells a collapsed model, which every other figure of its topics may praise', async () => {
    const collapsed = (documents: EvaluatedLanguage['test']) => ({ ...documents, proportions: matrix(documents!.labels!.map(() => [0.9, 0.1])) });
    const generator = new SeededGenerator(3);
    const languages = [language('en', ENGLISH, generator), language('zh-Hans', CHINESE, generator)].map(({ train, test, completion, ...rest }) => ({
      ...rest,
      train: collapsed(train),
      test: collapsed(test),
      completion: { heldOut: completion!.heldOut, proportions: collapsed(test).proportions },
    }));
    const { measures, warnings } = await evaluateTopics({ topics: TOPICS, languages }, { classifiers: [] });
    expect(measures.topicUniqueness!.mean).toBe(1);
    expect(measures.topicShares!.perLanguage[1]).toMatchObject({ largest: expect.closeTo(0.9, 6) as number, largestMainTopic: 1 });
    expect(measures.coverageGain!.mean).toBe(0);
    expect(Math.abs(measures.documentCompletion!.mean)).toBeLessThan(0.01);
    expect(measures.labelInformation!.mean).toBe(0);
    expect(measures.mateRetrieval![0]!.directions[0]).toMatchObject({ reciprocalRank: expect.closeTo(chanceOfMates(30).reciprocalRank, 10) as number });
    expect(warnings.map(({ kind, language: code }) => [kind, code])).toEqual([['uninformativeProportions', 'en'], ['uninformativeProportions', 'zh-Hans']]);
  });

  it('takes counts that were made before in place of files', async () => {
    await using folder = await temporaryFolder();
    const input = await fullInput(folder.path);
    const [reference] = input.references!;
    const files = 'files' in reference!.source ? reference!.source.files : [];
    const counts = await countReference({ first: TOPICS.map(({ words }) => words[0]!), second: TOPICS.map(({ words }) => words[1]!) }, files, { counting: 'released' });
    const { measures } = await evaluateTopics({ topics: TOPICS, languages: input.languages.map(({ language }) => ({ language })), references: [{ languages: [0, 1], source: { counts } }] });
    expect(measures.cnpmi).toMatchObject([{ counting: 'released', mean: 1 }]);
  });

  it('gives a permuted model the same figures', async () => {
    await using folder = await temporaryFolder();
    const input = await fullInput(folder.path);
    const swapped = (proportions: DenseMatrix) => matrix(Array.from({ length: proportions.rows }, (_, row) => [proportions.data[2 * row + 1]!, proportions.data[2 * row]!]));
    const permuted: EvaluationInput = {
      ...input,
      topics: [...TOPICS].reverse(),
      languages: input.languages.map((entry) => {
        const documents = (split: EvaluatedLanguage['test']) => ({ ...split, proportions: swapped(split!.proportions!), means: swapped(split!.means!) });
        return {
          ...entry,
          topicWord: matrix([[0, 0, 0.5, 0.5], [0.5, 0.5, 0, 0]]),
          train: documents(entry.train),
          test: documents(entry.test),
          completion: { heldOut: entry.completion!.heldOut, proportions: swapped(entry.completion!.proportions) },
        };
      }),
    };
    const [original, other] = [figuresOf(await evaluateTopics(input)), figuresOf(await evaluateTopics(permuted))];
    expect(other.map(({ name }) => name)).toEqual(original.map(({ name }) => name));
    other.forEach(({ value }, index) => expect(value).toBeCloseTo(original[index]!.value, 8));
  });

  it('refuses unknown options, no topics, and topics whose languages do not fit', async () => {
    const languages = [{ language: { code: 'en', suffix: 'en' } }];
    await expect(evaluateTopics({ topics: [], languages })).rejects.toThrow('no topics');
    await expect(evaluateTopics({ topics: TOPICS, languages })).rejects.toThrow('in 2 languages, not 1');
    const unknown = { clasifiers: [] } as object;
    await expect(evaluateTopics({ topics: [{ index: 0, words: [['a']] }], languages }, unknown)).rejects.toMatchObject({ option: 'clasifiers' });
  });
});

describe('figuresOf', () => {
  it('names means, languages and cells', async () => {
    await using folder = await temporaryFolder();
    const names = figuresOf(await evaluateTopics(await fullInput(folder.path), { classifiers: ['linear'] })).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([
      'cnpmi', 'topicUniqueness', 'topicUniqueness/zh-Hans', 'topicQuality', 'embeddingAlignment/nearestRate',
      'topicShares/effective', 'topicShares/largest/en', 'topicShares/largestMainTopic/zh-Hans', 'coverageGain', 'coverageGain/en', 'coverageGain/floor/en',
      'documentCompletion/zh-Hans', 'documentCompletion/floor/zh-Hans', 'labelInformation/en', 'labelInformation/floor/en',
      'mateRetrieval', 'mateRetrieval/reciprocalRank/en', 'mateRetrieval/precisionAt10/zh-Hans', 'mateRetrieval/floor/precisionAt1',
      'classification/linear/en-I/accuracy', 'classification/linear/zh-Hans-C/macroF1', 'llmRatings/coherence/en', 'llmRatings/similarity',
    ]));
    expect(new Set(names).size).toBe(names.length);
    expect(figureTitle('coverageGain/floor/en')).toBe('coverage gain floor en');
  });

  it('gives gains, values and shares by language', async () => {
    await using folder = await temporaryFolder();
    const evaluation = await evaluateTopics(await fullInput(folder.path), { classifiers: [] });
    const value = new Map(figuresOf(evaluation).map((figure) => [figure.name, figure.value]));
    const { coverageGain, documentCompletion, labelInformation, mateRetrieval, topicShares: shares } = evaluation.measures;
    expect(value.get('coverageGain/zh-Hans')).toBe(coverageGain!.perLanguage[1]!.gain);
    expect(value.get('coverageGain/floor/zh-Hans')).toBe(coverageGain!.perLanguage[1]!.floor);
    expect(value.get('documentCompletion')).toBe((documentCompletion!.perLanguage[0]!.value + documentCompletion!.perLanguage[1]!.value) / 2);
    expect(value.get('labelInformation/en')).toBe(labelInformation!.perLanguage[0]!.value);
    expect(value.get('mateRetrieval/precisionAt10/zh-Hans')).toBe(mateRetrieval![0]!.directions[1]!.precisionAt10);
    expect(value.get('mateRetrieval/floor/reciprocalRank')).toBe(mateRetrieval![0]!.chance.reciprocalRank);
    expect(value.get('topicShares/effective')).toBe((shares!.perLanguage[0]!.effective + shares!.perLanguage[1]!.effective) / 2);
  });

  it('says which figures a short table shows, and which are floors', () => {
    const names = ['npmi', 'npmi/en', 'coverageGain', 'coverageGain/floor/en', 'topicShares/effective', 'topicShares/effective/en', 'topicShares/largestMainTopic', 'classification/linear/en-I/accuracy', 'classification/linear/en-I/macroF1', 'mateRetrieval/en~fr/floor/precisionAt1'];
    expect(names.filter(isMainFigure)).toEqual(['npmi', 'coverageGain', 'topicShares/effective', 'topicShares/largestMainTopic', 'classification/linear/en-I/accuracy']);
    expect(names.filter(isFloorFigure)).toEqual(['coverageGain/floor/en', 'mateRetrieval/en~fr/floor/precisionAt1']);
  });
});

describe('compareEvaluations', () => {
  const seed = async (words: string[][]) => evaluateTopics({ topics: words.map((list, index) => ({ index, words: [list] })), languages: [{ language: { code: 'en', suffix: 'en' } }] });

  it('gives means, deviations, differences and a paired test over seeds', async () => {
    const base = [await seed([['a', 'b'], ['a', 'b']]), await seed([['a', 'b'], ['a', 'c']])];
    const better = [await seed([['a', 'b'], ['c', 'd']]), await seed([['a', 'b'], ['c', 'd']])];
    const rows = compareEvaluations([{ name: 'base', evaluations: base }, { name: 'better', evaluations: better }]);
    const { methods } = rows.find(({ figure }) => figure === 'topicUniqueness')!;
    expect(methods[0]).toEqual({ method: 'base', mean: 0.625, deviation: expect.closeTo(0.25 / Math.SQRT2, 10) as number, seeds: 2 });
    expect(methods[1]).toMatchObject({ method: 'better', mean: 1, difference: 0.375, test: { degreesOfFreedom: 1 } });
  });

  it('leaves out floors', async () => {
    await using folder = await temporaryFolder();
    const evaluations = [await evaluateTopics(await fullInput(folder.path), { classifiers: [] })];
    const figures = compareEvaluations([{ name: 'one', evaluations }]).map(({ figure }) => figure);
    expect(figures).toContain('coverageGain/en');
    expect(figures.filter(isFloorFigure)).toEqual([]);
  });

  it('makes no test of a single seed, and refuses a method without evaluations', async () => {
    const single = [await seed([['a'], ['b']])];
    const [row] = compareEvaluations([{ name: 'one', evaluations: single }, { name: 'two', evaluations: single }]);
    expect(row!.methods[1]).toMatchObject({ difference: 0 });
    expect(row!.methods[1]!.test).toBeUndefined();
    expect(() => compareEvaluations([{ name: 'none', evaluations: [] }])).toThrow('at least one evaluation');
  });
});
