import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidOptionError, MissingFileError, type ChatModel, type Corpus, type Embedder } from '@xtm/contracts';
import { syntheticCorpus } from '@xtm/data/testing';
import { cnpmi, countReference, type Measures, type TopicEvaluation } from '@xtm/metrics';
import { SeededGenerator } from '@xtm/numeric';
import { evaluateTopicFiles, type TopicFile } from './evaluate-topic-files';

const ENGLISH = [
  ['film', 'actor'],
  ['phone', 'charger'],
];
const CHINESE = [
  ['电影', '演员'],
  ['手机', 'phone'],
];

let folder: string;
let files: TopicFile[];
let reference: [string, string];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-evaluation-'));
  files = [
    { path: write('T2_en.txt', ENGLISH), language: { code: 'en', suffix: 'en' } },
    { path: write('T2_cn.txt', CHINESE), language: { code: 'zh', suffix: 'cn' } },
  ];
  reference = [
    write('reference.en', [['film', 'film'], ['actor', 'phone'], ['charger', 'phone'], ['nothing']]),
    write('reference.zh', [['电影'], ['演员', '手机'], ['手机', 'phone', 'film'], ['电影']]),
  ];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, lines: readonly (readonly string[])[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.map((words) => `${words.join(' ')}\n`).join(''));
  return path;
}

function cnpmiOf({ measures }: TopicEvaluation): Measures['cnpmi'][number] {
  return measures.cnpmi![0]!;
}

/** Topics with films point one way, those with phones another. */
const themes: Embedder = {
  name: 'themes',
  dimensions: 2,
  fingerprint: 'themes',
  embedDocuments: () => Promise.reject(new Error('only topics are embedded')),
  embedWords: () => Promise.reject(new Error('only topics are embedded')),
  embedTexts: async (texts) => ({
    rows: texts.length,
    columns: 2,
    data: Float32Array.from(texts.flatMap((text) => (/film|电影/.test(text) ? [1, 0] : [0, 1]))),
  }),
};

describe('evaluateTopicFiles', () => {
  it('needs no more than the topics, and says what else there could be', async () => {
    const { measures, omitted, warnings, ...facts } = await evaluateTopicFiles(files);
    expect(warnings).toEqual([]);
    expect(facts).toEqual({ languages: ['en', 'zh'], numTopics: 2, topWords: 2 });
    expect(measures.topicUniqueness!.mean).toBe(1);
    expect(omitted.map(({ measure }) => measure)).toEqual(
      expect.arrayContaining(['npmi', 'cnpmi', 'dictionaryAgreement', 'classification', 'llmRatings']),
    );
  });

  it('counts as many words as asked', async () => {
    expect((await evaluateTopicFiles(files, { topWords: 1 })).topWords).toBe(1);
  });

  it('takes a dictionary by the words that the topics list', async () => {
    const dictionary = write('dictionary.txt', [
      ['电影', 'film'],
      ['手机', 'phone'],
      ['书', 'book'],
    ]);
    expect((await evaluateTopicFiles(files, { dictionary })).measures.dictionaryAgreement).toMatchObject([
      { perTopic: [0.5, 0.5], coverage: 0.5 },
    ]);
  });

  describe('with a corpus', () => {
    let corpus: Corpus;
    const topicWords = (suffix: string) =>
      [0, 1, 2, 3].map((topic) => [0, 1, 2].map((word) => `${suffix}_${topic}_${word}`));
    beforeAll(() => {
      corpus = syntheticCorpus({ generator: new SeededGenerator(2), testDocuments: 40 });
    });

    it('uses its test documents and dictionary, whatever the order of the files', async () => {
      const planted = [
        { path: write('T3_cn.txt', topicWords('cn')), language: { code: 'zh', suffix: 'cn' } },
        { path: write('T3_en.txt', topicWords('en')), language: { code: 'en', suffix: 'en' } },
      ];
      const { languages, measures } = await evaluateTopicFiles(planted, { corpus });
      expect(languages).toEqual(['en', 'zh-Hans']);
      expect(measures.npmi!.perLanguage.every((score) => score > 0.5)).toBe(true);
      expect(measures.dictionaryAgreement![0]!.mean).toBe(1);
    });

    it('lets an embedder learn from it, and a chat model know what the documents are', async () => {
      const learnt: Corpus[] = [];
      const embedder: Embedder = { ...themes, fit: async (learntFrom) => void learnt.push(learntFrom) };
      const asked: string[] = [];
      const chatModel: ChatModel = {
        name: 'kind',
        complete: async ([system]) => {
          asked.push(system!.content);
          return { text: '3', usage: { inputTokens: 1, outputTokens: 1 }, cached: false };
        },
      };
      const { measures } = await evaluateTopicFiles(files, { corpus, embedder, chatModel, ratingRuns: 1 });
      expect(learnt).toEqual([corpus]);
      expect(measures.embeddingAlignment).toMatchObject([{ mean: 1, nearestRate: 1 }]);
      expect(measures.llmRatings!.similarity[0]).toMatchObject({ mean: 3, counted: 2 });
      for (const prompt of asked) expect(prompt).toContain('planted topics');
      await expect(evaluateTopicFiles(files, { embedder })).rejects.toThrow('learns from a corpus');
      await evaluateTopicFiles(files, { embedder: themes, chatModel, ratingRuns: 1, description: 'shop reviews' });
      expect(asked.at(-1)).toContain('shop reviews');
    });

    it('refuses topics in other languages', async () => {
      const french = { path: files[1]!.path, language: { code: 'fr', suffix: 'fr' } };
      await expect(evaluateTopicFiles([files[0]!, french], { corpus })).rejects.toThrow(InvalidOptionError);
      await expect(evaluateTopicFiles([files[0]!], { corpus })).rejects.toThrow(InvalidOptionError);
    });
  });
});

describe('reference corpus', () => {
  it.each(['documents', 'released'] as const)(
    'gives the same %s counts from files and from saved counts',
    async (counting) => {
      const savedCounts = join(folder, `${counting}.counts`);
      // A wider vocabulary than the topics', as a model's is.
      const wide = [
        { ...files[0]!, path: write('wide.en', [...ENGLISH, ['nothing', 'film']]) },
        { ...files[1]!, path: write('wide.zh', [...CHINESE, ['film', '演员']]) },
      ];
      await evaluateTopicFiles(wide, { counting, reference: { files: [reference], saveTo: savedCounts } });
      const direct = cnpmi(
        { first: ENGLISH, second: CHINESE },
        await countReference({ first: ENGLISH, second: CHINESE }, [reference], { counting }),
      );
      const counted = await evaluateTopicFiles(files, { counting, reference: { files: [reference] } });
      expect(cnpmiOf(counted)).toEqual({ languages: ['en', 'zh'], counting, documents: 4, ...direct });
      expect(await evaluateTopicFiles(files, { reference: { savedCounts } })).toEqual(counted);
      expect(counted.measures.topicQuality).toBe(Math.max(0, direct.mean));
    },
  );

  it('finds the languages of its sides by name', async () => {
    const turned = await evaluateTopicFiles(files, {
      reference: { files: [[reference[1], reference[0]]], languages: ['cn', 'en'] },
    });
    expect(cnpmiOf(turned).languages).toEqual(['zh', 'en']);
    expect(cnpmiOf(turned).mean).toBeCloseTo(
      cnpmiOf(await evaluateTopicFiles(files, { reference: { files: [reference] } })).mean,
      12,
    );
    await expect(
      evaluateTopicFiles(files, { reference: { files: [reference], languages: ['en', 'fr'] } }),
    ).rejects.toThrow('en and zh');
    await expect(
      evaluateTopicFiles(files, { reference: { files: [reference], languages: ['en', 'en'] } }),
    ).rejects.toThrow(InvalidOptionError);
  });

  it('refuses saved counts of another counting, of other words, or of another place', async () => {
    const savedCounts = join(folder, 'narrow.counts');
    await evaluateTopicFiles(files, { topWords: 1, reference: { files: [reference], saveTo: savedCounts } });
    await expect(
      evaluateTopicFiles(files, { topWords: 1, counting: 'released', reference: { savedCounts } }),
    ).rejects.toThrow('was counted as "documents"');
    await expect(evaluateTopicFiles(files, { reference: { savedCounts } })).rejects.toThrow(InvalidOptionError);
    await expect(evaluateTopicFiles(files, { reference: { savedCounts: join(folder, 'nowhere') } })).rejects.toThrow(
      MissingFileError,
    );
  });
});
