/**
 * Measures what the package promises about time and memory, on generated data.
 *
 *   npx tsup && node benchmarks/measure.mjs cnpmi [document pairs, 100000 by default]
 *   npx tsup && node benchmarks/measure.mjs classify [documents, 20000 by default]
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeededGenerator } from '@xtm/numeric';
import { classificationScores, cnpmi, countReference, trainLinearSvm, trainRbfSvm } from '../dist/index.js';

const TOPICS = 50;
const TOP_WORDS = 15;
const WORDS_PER_DOCUMENT = 200;
const VOCABULARY = 50_000;
const FEATURES = 50;

/** Rank of a word under Zipf's law, approximately. */
const zipf = (generator) => Math.floor(VOCABULARY ** generator.uniform()) - 1;

async function writeReference(file, prefix, documents, generator) {
  const stream = createWriteStream(file);
  for (let document = 0; document < documents; document++) {
    const words = Array.from({ length: WORDS_PER_DOCUMENT }, () => prefix + zipf(generator));
    if (!stream.write(`${words.join(' ')}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}

const topicWords = (prefix, generator) => Array.from({ length: TOPICS }, () => Array.from({ length: TOP_WORDS }, () => prefix + (20 + generator.integer(4980))));

async function measureCnpmi(documents) {
  const generator = new SeededGenerator(1);
  const folder = await mkdtemp(join(tmpdir(), 'xtm-measure-'));
  try {
    const files = [join(folder, 'first.txt'), join(folder, 'second.txt')];
    await writeReference(files[0], 'word', documents, generator);
    await writeReference(files[1], '词', documents, generator);
    const topics = { first: topicWords('word', generator), second: topicWords('词', generator) };
    globalThis.gc?.();
    const start = performance.now();
    const scores = cnpmi(topics, await countReference(topics, [files]));
    report('cnpmi', start, { documents, mean: scores.mean });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function clouds(documents, centres, generator) {
  const data = new Float32Array(documents * FEATURES);
  const labels = Array.from({ length: documents }, (_, document) => {
    const label = generator.integer(centres.length);
    for (let feature = 0; feature < FEATURES; feature++) data[document * FEATURES + feature] = centres[label][feature] + generator.normal();
    return String(label);
  });
  return { features: { rows: documents, columns: FEATURES, data }, labels };
}

async function measureClassifiers(documents) {
  const generator = new SeededGenerator(1);
  const centres = Array.from({ length: 2 }, () => Array.from({ length: FEATURES }, () => 0.12 * generator.normal()));
  const train = clouds(documents, centres, generator);
  const test = clouds(documents / 4, centres, generator);
  let start = performance.now();
  const linear = trainLinearSvm(train);
  report('linear', start, classificationScores(test.labels, await linear.predict(test.features)));
  start = performance.now();
  const rbf = await trainRbfSvm(train, {}, { onProgress: showProgress });
  report('rbf, trained', start, { supportVectors: rbf.supportVectors });
  start = performance.now();
  report('rbf, predicted', start, classificationScores(test.labels, await rbf.predict(test.features)));
}

function showProgress({ done, total }) {
  if (process.stderr.isTTY) process.stderr.write(`\r${((100 * done) / total).toFixed(1)}% `);
}

function report(what, start, figures) {
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ what, seconds: Number(seconds), peakMegabytes: megabytes, ...figures }));
}

const [task, size] = process.argv.slice(2);
if (task === 'cnpmi') await measureCnpmi(Number(size ?? 100_000));
else if (task === 'classify') await measureClassifiers(Number(size ?? 20_000));
else console.error('usage: node benchmarks/measure.mjs cnpmi|classify [size]');
