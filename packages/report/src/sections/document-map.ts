import { UMAP } from 'umap-js';
import { AbortedError, type DenseMatrix, type RandomGenerator, type RunOptions } from '@xtm/contracts';
import { topK } from '@xtm/numeric';
import type { Available } from '../contract/run-data';
import type { DocumentMapData } from '../contract/topic-data';
import { contentOf, type RunMaterial } from '../read-run';

/** Documents on the map, all languages together. */
const SAMPLE = 2000;

const NEIGHBOURS = 15;

/** Rounds of layout; UMAP's own number for large data. */
const EPOCHS = 200;

/** Epochs after which the event loop gets a turn. */
const EPOCHS_A_TURN = 10;

/** Characters of a text that the map tells. */
const BEGINNING = 90;

/** Coordinates are whole numbers up to this, which is finer than any screen. */
const EXTENT = 2000;

interface SampledDocument {
  readonly language: number;
  readonly document: number;
}

/**
 * A sample of documents in two dimensions by UMAP (McInnes, Healy & Melville 2018) of the square roots of their topic
 * shares, in which distance is Hellinger's; all languages in one space.
 *
 * @throws AbortedError
 */
export async function describeDocumentMap(
  run: RunMaterial,
  generator: RandomGenerator,
  options: RunOptions,
): Promise<Available<DocumentMapData>> {
  const sample = sampleDocuments(run, generator.fork('sample'));
  if (sample.length <= NEIGHBOURS) return { missing: `A map needs more than ${NEIGHBOURS} documents.` };
  const vectors = sample.map(({ language, document }) => rootShares(run.documents[language]!.proportions, document));
  const places = await layOut(vectors, generator.fork('layout'), options);
  const labels = labelsOf(run);
  const heaviest = sample.map(({ language, document }) =>
    heaviestTopic(run.documents[language]!.proportions, document),
  );
  const facts = sample.map(({ language, document }) => run.documents[language]!.facts[document]!);
  return {
    data: {
      ...scalePlaces(places),
      language: sample.map(({ language }) => language),
      topic: heaviest.map(({ topic }) => topic),
      share: heaviest.map(({ share }) => Math.round(100 * share)),
      label: facts.map(({ label }) => (label === undefined ? -1 : labels.indexOf(label))),
      labels,
      ids: facts.map(({ id, split }) => `${split} ${id}`),
      beginnings: sample.map((place) => beginningOf(run, place)),
      population: run.documents.reduce((sum, { proportions }) => sum + proportions.rows, 0),
    },
  };
}

function sampleDocuments({ documents }: RunMaterial, generator: RandomGenerator): SampledDocument[] {
  return documents.flatMap(({ proportions: { rows } }, language) => {
    const order = Int32Array.from({ length: rows }, (_, row) => row);
    generator.shuffle(order);
    return Array.from(order.subarray(0, Math.floor(SAMPLE / documents.length)).sort(), (document) => ({
      language,
      document,
    }));
  });
}

function rootShares({ columns, data }: DenseMatrix, document: number): number[] {
  return Array.from(data.subarray(document * columns, (document + 1) * columns), Math.sqrt);
}

async function layOut(
  vectors: number[][],
  generator: RandomGenerator,
  { signal, onProgress }: RunOptions,
): Promise<number[][]> {
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: NEIGHBOURS,
    nEpochs: EPOCHS,
    minDist: 0.15,
    random: () => generator.uniform(),
  });
  const epochs = umap.initializeFit(vectors);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    umap.step();
    if (epoch % EPOCHS_A_TURN > 0 && epoch < epochs) continue;
    if (signal?.aborted) throw new AbortedError('the map of documents');
    onProgress?.({ stage: 'document map', done: epoch, total: epochs });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return umap.getEmbedding();
}

function scalePlaces(places: readonly (readonly number[])[]): Pick<DocumentMapData, 'x' | 'y'> {
  const scaleAxis = (axis: number): number[] => {
    const values = places.map((place) => place[axis]!);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return values.map((value) => Math.round((EXTENT * (value - low)) / (high - low || 1)));
  };
  return { x: scaleAxis(0), y: scaleAxis(1) };
}

function labelsOf({ documents }: RunMaterial): string[] {
  const labels = new Set(documents.flatMap(({ facts }) => facts.flatMap(({ label }) => label ?? [])));
  return [...labels].sort(new Intl.Collator('en', { numeric: true }).compare);
}

function heaviestTopic(
  { columns, data }: DenseMatrix,
  document: number,
): { readonly topic: number; readonly share: number } {
  const { indices, values } = topK(data.subarray(document * columns, (document + 1) * columns), 1);
  return { topic: indices[0]!, share: values[0]! };
}

function beginningOf({ corpus }: RunMaterial, { language, document }: SampledDocument): string {
  const text = corpus === undefined ? undefined : contentOf(corpus.languages[language]!, document).text;
  if (text === undefined) return '';
  const characters = [...text];
  return characters.length <= BEGINNING ? text : `${characters.slice(0, BEGINNING).join('')}…`;
}
