import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFormatError, InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { SeededGenerator } from '@xtm/numeric';
import { syntheticCorpus } from '../testing/synthetic-corpus';
import { AnchorModel, loadAnchorModel } from './anchor-model';
import { mtanchor } from './mtanchor';

const { resources } = syntheticCorpus({ generator: new SeededGenerator(1), documents: 800 });
let model: AnchorModel;

/** The words of a true topic's rank in both languages: English word w translates the German word at `second[w]`. */
const pair = (topic: number, rank: number): string[][] => {
  const word = topic * 10 + rank;
  return [[`en${word}`], [`de${resources.dictionary.second[resources.dictionary.first.indexOf(word)]}`]];
};
const trueTopic = (anchors: AnchorModel['anchors'], topic: number): number => Math.floor(Number(anchors[topic]![0]![0]!.slice(2)) / 10);

beforeAll(async () => {
  model = (await mtanchor.definition.fit(resources, 6, { anchorThreshold: 0.05 }, new SeededGenerator(2))).model as AnchorModel;
});

describe('AnchorModel', () => {
  it('follows a replaced anchor and leaves the old model as it was', async () => {
    const before = model.topics(5);
    const removed = trueTopic(model.anchors, 2);
    const replaced = await model.replaceAnchor(2, pair(trueTopic(model.anchors, 0), 1));
    expect(replaced.topicWord[0]!.rows).toBe(6);
    expect(replaced.anchors[2]).toEqual(pair(trueTopic(model.anchors, 0), 1));
    expect(model.topics(5)).toEqual(before);
    const shown = replaced.topics(3).flatMap(({ words }) => words[0]!).map((word) => Math.floor(Number(word.slice(2)) / 10));
    expect(shown).not.toContain(removed);
  });

  it('gets back to the same topics when a change is undone', async () => {
    const away = await model.replaceAnchor(4, pair(trueTopic(model.anchors, 1), 2));
    const back = await away.withAnchors(model.anchors);
    back.topicWord.forEach((matrix, language) =>
      matrix.data.forEach((probability, i) => expect(probability).toBeCloseTo(model.topicWord[language]!.data[i]!, 2)));
  });

  it('gives the same topics whether products are known of earlier anchors or not', async () => {
    const changed = await (await model.mergeAnchors(1, 4)).addAnchor(pair(trueTopic(model.anchors, 1), 2));
    const whole = changed.recovered.map(({ products: _, ...recovered }) => recovered);
    const again = await new AnchorModel(model.basis, changed.anchors, whole).withAnchors(changed.anchors);
    const known = await changed.withAnchors(changed.anchors);
    for (const [language, { products, topicWord }] of again.recovered.entries()) {
      expect(known.recovered[language]!.products).toEqual(products);
      expect(known.recovered[language]!.topicWord).toEqual(topicWord);
    }
  });

  it('adds, removes and merges topics', async () => {
    const fewer = await model.removeAnchor(1);
    expect(fewer.anchors).toEqual(model.anchors.filter((_, index) => index !== 1));
    expect(fewer.numTopics).toBe(5);
    const more = await fewer.addAnchor(model.anchors[1]!);
    expect(more.anchors.at(-1)).toEqual(model.anchors[1]);
    expect(more.topics(4).at(-1)!.words).toEqual(model.topics(4)[1]!.words);
    const merged = await model.mergeAnchors(0, 3);
    expect(merged.numTopics).toBe(5);
    expect(merged.anchors[0]).toEqual(model.anchors[0]!.map((words, language) => [...words, ...model.anchors[3]![language]!]));
  });

  it('sharpens a topic by a second word of it', async () => {
    const topic = trueTopic(model.anchors, 0);
    const both = pair(topic, 0).map((words, language) => [...words, ...pair(topic, 1)[language]!]);
    const sharpened = await model.replaceAnchor(0, both);
    const heaviest = sharpened.topics(5)[0]!.words[0]!.map((word) => Math.floor(Number(word.slice(2)) / 10));
    expect(heaviest).toEqual(new Array(5).fill(topic));
  });

  it('refuses anchors that cannot be used, and says why', async () => {
    await expect(model.replaceAnchor(6, pair(0, 0))).rejects.toThrow('topic: must be an integer from 0 to 5');
    await expect(model.mergeAnchors(1, 1)).rejects.toThrow(InvalidOptionError);
    await expect(model.addAnchor([['en0'], []])).rejects.toThrow('topic 6 needs at least one word in each language');
    await expect(model.addAnchor([['unknown'], ['de0']])).rejects.toThrow('"unknown" is not in the vocabulary');
    await expect(model.withAnchors(model.anchors.slice(0, 1))).rejects.toThrow('must be at least two');
  });

  it('is the same after saving and loading, and can be changed then', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mtanchor-'));
    await model.save(folder);
    const loaded = await loadAnchorModel(folder);
    expect(loaded.topicWord).toEqual(model.topicWord);
    expect(loaded.anchors).toEqual(model.anchors);
    const [changed, expected] = [await loaded.mergeAnchors(1, 2), await model.mergeAnchors(1, 2)];
    const documents = join(folder, 'documents_en.npz');
    const { mtimeMs } = await stat(documents);
    await changed.save(folder);
    expect((await stat(documents)).mtimeMs).toBe(mtimeMs);
    expect((await loadAnchorModel(folder)).topicWord).toEqual(changed.topicWord);
    const elsewhere = join(folder, 'elsewhere');
    await changed.save(elsewhere);
    expect((await loadAnchorModel(elsewhere)).topicWord).toEqual(changed.topicWord);
    changed.topicWord[1]!.data.forEach((probability, i) => expect(probability).toBeCloseTo(expected.topicWord[1]!.data[i]!, 3));
    await writeFile(join(folder, 'anchors.json'), '{"anchors": 3}');
    await expect(loadAnchorModel(folder)).rejects.toThrow(DataFormatError);
    await rm(folder, { recursive: true });
    await expect(loadAnchorModel(folder)).rejects.toThrow(MissingFileError);
  });
});
