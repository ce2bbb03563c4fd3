import type { DatasetData, EffortData, OverviewData } from '../contract/overview-data';
import type { RunMaterial } from '../run/run-material';
import { describeSettings } from './settings';
import { describeSpending } from './spending';
import { epochEvents } from './training';

/** @param written when the report is written */
export function describeOverview(run: RunMaterial, written: Date): OverviewData {
  const { config } = run;
  return {
    run: run.name,
    written: written.toISOString(),
    model: config.settings.model,
    numTopics: run.topics.length,
    dataset: describeDataset(run),
    settings: describeSettings(config),
    spending: describeSpending(run),
    edits: describeEdits(run),
    effort: describeEffort(run),
  };
}

function describeDataset({ config: { dataset }, languages, vocabularies, documents, corpus }: RunMaterial): DatasetData {
  const countOf = (language: number, split: string): number => documents[language]!.facts.filter((facts) => facts.split === split).length;
  return {
    name: dataset.name,
    ...(corpus?.description !== undefined && { description: corpus.description }),
    words: vocabularies.map(({ length }) => length),
    trainDocuments: languages.map((_, language) => countOf(language, 'train')),
    testDocuments: languages.map((_, language) => countOf(language, 'test')),
    dictionaryPairs: dataset.dictionaryPairs,
  };
}

function describeEffort({ events, config: { backend, versions } }: RunMaterial): EffortData {
  const epochs = epochEvents(events);
  const speeds = epochs.map(({ documentsPerSecond }) => documentsPerSecond).filter(Number.isFinite);
  return {
    epochs: epochs.length,
    seconds: Math.round(epochs.reduce((sum, { seconds }) => sum + seconds, 0)),
    ...(speeds.length > 0 && { documentsPerSecond: Math.round(speeds.reduce((a, b) => a + b, 0) / speeds.length) }),
    ...(epochs.length > 0 && { peakMemory: epochs.at(-1)!.peakMemory }),
    backend: `${backend.name}, ${backend.path}`,
    versions: Object.entries(versions).map(([name, version]) => `${name} ${version}`),
  };
}

function describeEdits({ topics, hidden, numTrainedTopics }: RunMaterial): string[] {
  const named = topics.filter(({ name }) => name !== undefined).length;
  const merged = topics.filter(({ members }) => members.length > 1);
  return [
    ...(named > 0 ? [`${named} ${named === 1 ? 'topic has a name' : 'topics have names'} that people gave.`] : []),
    ...merged.map(({ members }) => `The topics ${members.join(' and ')} are shown as one.`),
    ...(hidden.length > 0 ? [`Of ${numTrainedTopics} trained topics ${hidden.length} ${hidden.length === 1 ? 'is' : 'are'} hidden: ${hidden.join(', ')}.`] : []),
  ];
}
