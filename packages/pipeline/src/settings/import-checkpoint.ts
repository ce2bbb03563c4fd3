import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { findBackbone, type PublicCheckpoint, readPublicCheckpoint } from '@xtm/backbones';
import { DataFormatError, MissingFileError, type RunOptions } from '@xtm/contracts';
import { decodeSafetensors, type StoredTensor, useBackend } from '@xtm/tensor';
import { CLASSIFIER_CHOICES } from '../evaluation/evaluation-options';
import { assembleNeuralTopicModel } from '../model/complete-model';
import { executeRun, type RunSummary } from '../run/execute-run';
import { makeRunConfig } from '../run/make-run-config';
import { resolveTrainingSettings } from '../training/training-settings';
import { type ResolvedSettings, runPath } from './resolve-settings';
import { loadSettingsDataset, pathsOf, trainingOf } from './train-with-settings';

/**
 * A run whose model is a checkpoint of the public Python code, as safetensors, in place of one that is trained.
 *
 * @throws MissingFileError, InvalidOptionError, DataFormatError for a checkpoint that is not of the model or the dataset
 */
export async function importCheckpoint(
  file: string,
  { settings, sources }: Pick<ResolvedSettings, 'settings' | 'sources'>,
  run: RunOptions = {},
): Promise<RunSummary> {
  const definition = findBackbone(settings.model);
  const checkpoint = readPublicCheckpoint(settings.model, await readState(file), file, settings.modelOptions);
  const dataset = await loadSettingsDataset(settings, false);
  const { corpus } = dataset;
  for (const { message } of dataset.warnings) run.onWarning?.(message);
  requireSameVocabularies(
    checkpoint,
    corpus.languages.map(({ vocabulary }) => vocabulary),
    file,
  );
  const { backend, path } = await useBackend(settings.backend);
  const { seed, topWords } = resolveTrainingSettings(trainingOf(settings), definition, corpus);
  const { modelOptions, arrays, decoderWeights: topicWeights } = checkpoint;
  const numTopics = topicWeights[0]!.rows;
  const name = definition.name;
  const recorded = { model: name, numTopics, topWords, seed, modelOptions, checkpoint: basename(file) };
  return executeRun({
    path: runPath(settings),
    config: makeRunConfig({
      settings: { ...recorded, classifiers: settings.classifiers },
      corpus,
      dictionaryPairs: dataset.dictionary?.pairs,
      backend: { name: backend, path },
      record: { sources, paths: pathsOf(settings) },
    }),
    corpus,
    topWords,
    classifiers: CLASSIFIER_CHOICES[settings.classifiers],
    preprocessing: dataset.preprocessing,
    train: async (_folder, options) => {
      const parts = { modelOptions, wordRanking: 'weights', topicWeights } as const;
      return assembleNeuralTopicModel(definition, parts, storedTensors(arrays), corpus, file, options);
    },
    ...run,
  });
}

function storedTensors(arrays: PublicCheckpoint['arrays']): Map<string, StoredTensor> {
  return new Map(
    [...arrays].map(([name, { shape, data }]): [string, StoredTensor] => [name, { dtype: 'F32', shape, data }]),
  );
}

async function readState(file: string): Promise<Record<string, { shape: readonly number[]; data: Float32Array }>> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    const advice = 'docs/reproduce.md has the line of Python that writes it.';
    throw new MissingFileError(file, 'importing a checkpoint', { cause, advice });
  });
  const { tensors } = decodeSafetensors(bytes, file);
  const arrays = [...tensors].flatMap(([name, { shape, data }]) => {
    return data instanceof Float32Array ? [[name, { shape, data }] as const] : [];
  });
  return Object.fromEntries(arrays);
}

function requireSameVocabularies(
  { decoderWeights }: PublicCheckpoint,
  vocabularies: readonly (readonly string[])[],
  file: string,
): void {
  const wrong = decoderWeights.findIndex(({ columns }, language) => columns !== vocabularies[language]?.length);
  if (wrong < 0) return;
  const words = decoderWeights[wrong]!.columns;
  throw new DataFormatError(
    `is of a vocabulary of ${words} words in language ${wrong + 1}; the dataset has ${vocabularies[wrong]?.length ?? 0}`,
    { file },
    { advice: 'Name the dataset that it was trained on, its languages in the same order.' },
  );
}
