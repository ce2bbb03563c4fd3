import { basename } from 'node:path';
import { findBackbone, readPublicCheckpoint, type PublicCheckpoint } from '@xtm/backbones';
import { DataFormatError, MissingFileError } from '@xtm/contracts';
import { assembleNeuralTopicModel, executeRun, makeRunConfig, resolveTrainingSettings } from '@xtm/pipeline';
import { decodeSafetensors, useBackend, type StoredTensor } from '@xtm/tensor';
import { readFile } from 'node:fs/promises';
import type { SettingLayer } from '../settings/layered-settings';
import { parseRunSettings } from '../settings/run-settings';
import { classifierNames } from './classifier-names';
import { layerRunSettings } from './layer-run-settings';
import { loadRunDataset, type RunPlan } from './plan-run';
import { runPath, runPaths } from './run-path';

/**
 * Plans a run whose model is a checkpoint of the public Python code, as safetensors, in place of one that is trained.
 *
 * @throws MissingFileError, InvalidOptionError, DataFormatError for a checkpoint that is not of the model or not of the dataset
 */
export async function planImport(file: string, flags: SettingLayer): Promise<RunPlan> {
  const layered = await layerRunSettings(flags);
  const settings = parseRunSettings(layered.values);
  const definition = findBackbone(settings.model);
  const checkpoint = readPublicCheckpoint(settings.model, await readState(file), file, settings.modelOptions);
  const dataset = await loadRunDataset(settings, false);
  const { corpus } = dataset;
  const vocabularies = corpus.languages.map(({ vocabulary }) => vocabulary);
  requireSameVocabularies(checkpoint, vocabularies, file);
  const backend = await useBackend(settings.backend);
  const { seed, topWords } = resolveTrainingSettings(settings.training, definition, corpus);
  const { modelOptions, arrays, decoderWeights } = checkpoint;
  const numTopics = decoderWeights[0]!.rows;
  const tensors = new Map([...arrays].map(([name, { shape, data }]): [string, StoredTensor] => [name, { dtype: 'F32', shape, data }]));
  const path = runPath(settings);
  return {
    warnings: dataset.warnings.map(({ message }) => message),
    close: async () => undefined,
    execute: ({ onTitle, ...run }) => {
      onTitle(`${settings.model} from ${basename(file)} on ${corpus.name}, ${numTopics} topics (${backend.backend}, ${backend.path})`, path);
      return executeRun({
        path,
        config: makeRunConfig({
          settings: { model: definition.name, numTopics, topWords, seed, modelOptions, checkpoint: basename(file), classifiers: settings.classifiers },
          corpus,
          dictionaryPairs: dataset.dictionary?.pairs,
          backend: { name: backend.backend, path: backend.path },
          record: { sources: layered.sources, paths: runPaths(settings) },
        }),
        corpus,
        topWords,
        classifiers: classifierNames(settings.classifiers),
        preprocessing: dataset.preprocessing,
        train: async (_folder, options) => assembleNeuralTopicModel(definition, { modelOptions, wordRanking: 'weights', topicWeights: decoderWeights }, tensors, corpus, file, options),
        ...run,
      });
    },
  };
}

async function readState(file: string): Promise<Record<string, { shape: readonly number[]; data: Float32Array }>> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new MissingFileError(file, 'importing a checkpoint', { cause, advice: 'docs/reproduce.md has the line of Python that writes it.' });
  });
  const { tensors } = decodeSafetensors(bytes, file);
  return Object.fromEntries([...tensors].flatMap(([name, { shape, data }]) => (data instanceof Float32Array ? [[name, { shape, data }]] : [])));
}

function requireSameVocabularies({ decoderWeights }: PublicCheckpoint, vocabularies: readonly (readonly string[])[], file: string): void {
  const wrong = decoderWeights.findIndex(({ columns }, language) => columns !== vocabularies[language]?.length);
  if (wrong < 0) return;
  throw new DataFormatError(`is of a vocabulary of ${decoderWeights[wrong]!.columns} words in language ${wrong + 1}; the dataset has ${vocabularies[wrong]?.length ?? 0}`, { file }, { advice: 'Name the dataset that it was trained on, its languages in the same order.' });
}
