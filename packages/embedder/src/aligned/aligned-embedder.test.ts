import { AbortedError, type Corpus, InvalidOptionError, MissingNeedError, type Progress } from '@xtm/contracts';
import { syntheticCorpus } from '@xtm/data/testing';
import { nearestRows, SeededGenerator } from '@xtm/numeric';
import { AlignedEmbedder } from './aligned-embedder';
import { inverseFrequencyWeights } from './space-language';

const TOPICS = 5;
const WORDS_PER_TOPIC = 8;
const corpus = syntheticCorpus({ generator: new SeededGenerator(3), numTopics: TOPICS, wordsPerTopic: WORDS_PER_TOPIC, trainDocuments: [400, 300], noise: 0.2 });

/** The dictionary of some of the words of every topic. */
function smallDictionary({ dictionary }: Corpus, perTopic: number) {
  const words = dictionary!.first.filter((word) => word % WORDS_PER_TOPIC < perTopic);
  return { ...dictionary!, first: words, second: words };
}

async function fitted(options = {}): Promise<AlignedEmbedder> {
  const embedder = new AlignedEmbedder({ dimensions: 16, ...options });
  await embedder.fit(corpus, smallDictionary(corpus, 3));
  return embedder;
}

describe('AlignedEmbedder', () => {
  it('brings words of a topic together across languages, those without a translation too', async () => {
    const embedder = await fitted();
    const [first, second] = await Promise.all(corpus.languages.map(({ vocabulary }, index) => embedder.embedWords(vocabulary, index)));
    const { indices } = nearestRows(first!, second!, 1);
    const agree = indices.filter((found, word) => Math.floor(found / WORDS_PER_TOPIC) === Math.floor(word / WORDS_PER_TOPIC)).length;
    expect(agree / indices.length).toBeGreaterThan(0.9);
  });

  it('brings documents and topic texts of a topic together across languages', async () => {
    const embedder = await fitted();
    const documents = await Promise.all(corpus.languages.map(({ test }, languageIndex) => embedder.embedDocuments({ languageIndex, rows: test!.rows })));
    const topics = await embedder.embedTexts(Array.from({ length: TOPICS }, (_, topic) =>
      corpus.languages.map(({ vocabulary }) => vocabulary.slice(topic * WORDS_PER_TOPIC, topic * WORDS_PER_TOPIC + 6).join(' ')).join(' ')));
    for (const vectors of documents) {
      const nearest = nearestRows(vectors, topics, 1).indices;
      expect(nearest.every((topic, document) => topic === document % TOPICS)).toBe(true);
    }
    const across = nearestRows(documents[0]!, documents[1]!, 1).indices;
    expect(across.every((found, document) => found % TOPICS === document % TOPICS)).toBe(true);
  });

  it('scales documents by their own power of the correlations, whatever that of words is', async () => {
    const settings = { rounds: 1, documentReweighting: 0 };
    const [plain, scaled] = [await fitted({ ...settings, reweighting: 0 }), await fitted({ ...settings, reweighting: 0.5 })];
    const documents = { languageIndex: 0, rows: corpus.languages[0]!.test!.rows };
    const [one, other] = [await plain.embedDocuments(documents), await scaled.embedDocuments(documents)];
    one.data.forEach((value, i) => expect(other.data[i]).toBeCloseTo(value, 4));
    const [plainWord, scaledWord] = [await plain.embedWords(['en_0_0'], 0), await scaled.embedWords(['en_0_0'], 0)];
    expect(Math.hypot(...plainWord.data.map((value, i) => value - scaledWord.data[i]!))).toBeGreaterThan(0.01);
  });

  it('embeds texts as the bags of words that they are', async () => {
    const embedder = await fitted();
    const { vocabulary } = corpus.languages[1]!;
    const fromTexts = await embedder.embedDocuments({ languageIndex: 1, texts: [`${vocabulary[4]} unknown ${vocabulary[9]} ${vocabulary[4]}`, ''] });
    const rows = { rows: 2, columns: vocabulary.length, indptr: Int32Array.of(0, 2, 2), indices: Int32Array.of(4, 9), values: Float32Array.of(2, 1) };
    expect(await embedder.embedDocuments({ languageIndex: 1, rows })).toEqual(fromTexts);
    expect(fromTexts.data.subarray(16).every((value) => value === 0)).toBe(true);
    expect(Math.hypot(...fromTexts.data.subarray(0, 16))).toBeCloseTo(1, 5);
  });

  it('gives the same vectors and fingerprint with the same seed, and another fingerprint with other options', async () => {
    const [one, same, other] = await Promise.all([fitted(), fitted(), fitted({ rounds: 3 })]);
    expect(await same!.embedWords(['en_0_0'], 0)).toEqual(await one!.embedWords(['en_0_0'], 0));
    expect(same!.fingerprint).toBe(one!.fingerprint);
    expect(other!.fingerprint).not.toBe(one!.fingerprint);
    expect(new AlignedEmbedder().fingerprint).not.toBe(one!.fingerprint);
  });

  it('does without a dictionary where the languages share spellings, and says what it needs where they do not', async () => {
    const [english, chinese] = corpus.languages;
    const shared = chinese!.vocabulary.map((word, index) => (index % 2 === 0 ? english!.vocabulary[index]! : word));
    const embedder = new AlignedEmbedder({ dimensions: 16 });
    await embedder.fit({ ...corpus, languages: [english!, { ...chinese!, vocabulary: shared }] }, undefined);
    const [first, second] = [await embedder.embedWords([english!.vocabulary[1]!], 0), await embedder.embedWords([shared[1]!], 1)];
    expect(nearestRows(first, second, 1).scores[0]).toBeGreaterThan(0.3);
    const error = await new AlignedEmbedder().fit(corpus, undefined).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MissingNeedError);
    expect((error as MissingNeedError).advice).toContain('share 0 spellings');
  });

  it('takes a dictionary whose languages stand the other way round', async () => {
    const { first, second } = smallDictionary(corpus, 3);
    const embedder = new AlignedEmbedder({ dimensions: 16 });
    await embedder.fit(corpus, { languages: [1, 0], first: second, second: first });
    expect(embedder.fingerprint).toBe((await fitted()).fingerprint);
  });

  it('uses word vectors of the dataset on demand, and asks for them where there are none', async () => {
    const generator = new SeededGenerator(2);
    const wordVectors = { rows: TOPICS * WORDS_PER_TOPIC, columns: 7, data: new Float32Array(TOPICS * WORDS_PER_TOPIC * 7) };
    generator.fillNormal(wordVectors.data);
    const embedder = new AlignedEmbedder({ wordVectors: 'dataset' });
    await embedder.fit({ ...corpus, languages: corpus.languages.map((language) => ({ ...language, wordVectors })) }, corpus.dictionary);
    expect(embedder.dimensions).toBe(7);
    const [first, second] = [await embedder.embedWords(['en_1_1'], 0), await embedder.embedWords(['cn_1_1'], 1)];
    expect(nearestRows(first, second, 1).scores[0]).toBeCloseTo(1, 4);
    await expect(new AlignedEmbedder({ wordVectors: 'dataset' }).fit(corpus, corpus.dictionary)).rejects.toMatchObject({ need: 'wordVectors' });
  });

  it('shows progress and stops when the caller does', async () => {
    const seen: Progress[] = [];
    const stop = new AbortController();
    const pending = new AlignedEmbedder().fit(corpus, corpus.dictionary, {
      signal: stop.signal,
      onProgress: (progress) => {
        seen.push(progress);
        if (progress.done === 2) stop.abort();
      },
    });
    await expect(pending).rejects.toBeInstanceOf(AbortedError);
    expect(seen.map(({ done }) => done)).toEqual([0, 1, 2]);
  });

  it('reports every step up to the last', async () => {
    const seen: Progress[] = [];
    await new AlignedEmbedder().fit(corpus, corpus.dictionary, { onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ done }) => done)).toEqual(Array.from({ length: seen[0]!.total + 1 }, (_, done) => done));
  });

  it('refuses unknown options, other than two languages and questions before fitting', async () => {
    expect(() => new AlignedEmbedder({ dimension: 3 } as object)).toThrow(InvalidOptionError);
    await expect(new AlignedEmbedder().fit({ ...corpus, languages: [corpus.languages[0]!] }, undefined)).rejects.toBeInstanceOf(InvalidOptionError);
    await expect(new AlignedEmbedder().embedWords(['a'], 0)).rejects.toThrow('before it is fitted');
  });
});

describe('inverseFrequencyWeights', () => {
  it('is a / (a + p)', () => {
    const rows = { rows: 2, columns: 3, indptr: Int32Array.of(0, 2, 3), indices: Int32Array.of(0, 1, 0), values: Float32Array.of(2, 1, 1) };
    expect(Array.from(inverseFrequencyWeights(rows, 0.25))).toEqual([0.25, 0.5, 1]);
  });
});
