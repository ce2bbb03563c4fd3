import type { TokenUsage } from '@xtm/contracts';
import { costOf } from '@xtm/llm';
import type { EvaluationWarning, TopicEvaluation } from '@xtm/metrics';
import type { EpochEvent, RefinementEvent, RunConfig, RunEvent } from '@xtm/pipeline';
import type {
  Available,
  DatasetData,
  EffortData,
  OverviewData,
  SettingData,
  SpendingData,
  SpendingPurpose,
  TrainingData,
  WarningData,
} from '../contract/run-data';
import type { RunMaterial } from '../read-run';
import { describeLanguage, finiteOrNull } from '../wording';

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

function describeDataset({
  config: { dataset },
  languages,
  vocabularies,
  documents,
  corpus,
}: RunMaterial): DatasetData {
  const countOf = (language: number, split: string): number =>
    documents[language]!.facts.filter((facts) => facts.split === split).length;
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
    ...(hidden.length > 0
      ? [
          `Of ${numTrainedTopics} trained topics ${hidden.length} ${hidden.length === 1 ? 'is' : 'are'} hidden: ` +
            `${hidden.join(', ')}.`,
        ]
      : []),
  ];
}

/** All settings of a run as one list, nested names joined by dots; empty groups are left out. */
export function describeSettings({ settings, sources }: Pick<RunConfig, 'settings' | 'sources'>): SettingData[] {
  return flatten(settings, '').map(([name, value]) => ({
    name,
    value,
    ...(sources[name] !== undefined && { source: sources[name] }),
  }));
}

function flatten(group: Readonly<Record<string, unknown>>, prefix: string): [name: string, value: string][] {
  return Object.entries(group).flatMap(([name, value]) =>
    isGroup(value)
      ? flatten(value, `${prefix}${name}.`)
      : [[prefix + name, typeof value === 'string' ? value : JSON.stringify(value)]],
  );
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What refinement and rating asked of language models, and what that cost where prices are known. */
function describeSpending({ rounds, config, evaluation }: RunMaterial): Available<SpendingData> {
  const { model = 'a language model', budget } = config.settings.llm ?? {};
  const replies = rounds.flatMap((round) => round.replies ?? []);
  const ratings = evaluation.measures.llmRatings;
  const purposes: SpendingPurpose[] = [
    ...(replies.length === 0
      ? []
      : [
          {
            purpose: 'refinement',
            model,
            replies: replies.length,
            fromCache: replies.filter(({ cached }) => cached).length,
            ...sumUsage(replies),
          },
        ]),
    ...(ratings === undefined ? [] : [{ purpose: 'ratings', model: ratings.model, ...ratings.usage }]),
  ];
  if (purposes.length === 0) return { missing: 'This run asked no language model; it cost nothing but time.' };
  const cost = budget?.prices && costOf(sumUsage(replies.filter(({ cached }) => !cached)), budget.prices);
  return { data: { purposes, ...(cost !== undefined && { cost }) } };
}

function sumUsage(replies: readonly { readonly usage: TokenUsage }[]): TokenUsage {
  return {
    inputTokens: replies.reduce((sum, reply) => sum + reply.usage.inputTokens, 0),
    outputTokens: replies.reduce((sum, reply) => sum + reply.usage.outputTokens, 0),
  };
}

/** Points of a curve that a screen can tell apart. */
const MOST_POINTS = 600;

/** Epochs of a run, in time. */
function epochEvents(events: readonly RunEvent[]): EpochEvent[] {
  return events.filter((event) => event.type === 'epoch');
}

/** A run's refinements, in time. */
export function refinementEvents(events: readonly RunEvent[]): RefinementEvent[] {
  return events.filter((event) => event.type === 'refinement');
}

/** The losses of every epoch, with the epochs at which topics were refined. */
export function describeTraining(events: readonly RunEvent[]): Available<TrainingData> {
  const every = epochEvents(events);
  if (every.length === 0) return { missing: 'This model is fitted in one go: there are no epochs.' };
  const stride = Math.ceil(every.length / MOST_POINTS);
  const epochs = every.filter((_, at) => at % stride === 0 || at === every.length - 1);
  const names = [...new Set(epochs.flatMap(({ losses }) => Object.keys(losses)))];
  return {
    data: {
      epochs: epochs.map(({ epoch }) => epoch),
      losses: names.map((name) => ({ name, values: epochs.map(({ losses }) => finiteOrNull(losses[name])) })),
      refinements: refinementEvents(events).map(({ epoch }) => epoch),
    },
  };
}

/** What each kind of warning comes to, in the words of somebody who wants to use the topics. */
const TITLES: Readonly<Record<EvaluationWarning['kind'], string>> = {
  fewEffectiveTopics: 'Most topics are hardly used',
  largeMainTopic: 'One topic takes most of the documents',
  uninformativeProportions: 'Knowing a document’s topics does not help to predict its words',
};

/** The evaluation's warnings, those of one kind together. */
export function describeWarnings({
  warnings,
  numTopics,
}: Pick<TopicEvaluation, 'warnings' | 'numTopics'>): WarningData[] {
  const kinds = [...new Set(warnings.map(({ kind }) => kind))];
  return kinds.map((kind) => ({
    title: TITLES[kind] ?? 'The topics say little about the documents',
    facts: warnings.filter((warning) => warning.kind === kind).map((warning) => factOf(warning, numTopics)),
  }));
}

function factOf({ kind, language, value, message }: EvaluationWarning, numTopics: number): string {
  const name = describeLanguage({ code: language, suffix: language }).name;
  switch (kind) {
    case 'fewEffectiveTopics':
      return `${name}: documents spread as if there were ${value.toFixed(1)} topics, not ${numTopics}.`;
    case 'largeMainTopic':
      return `${name}: ${Math.round(100 * value)}% of the documents have the same main topic.`;
    case 'uninformativeProportions': {
      const other = value <= 0 ? 'how frequent they are' : 'another document’s topics';
      return `${name}: unseen words are predicted no better than by ${other}.`;
    }
    default:
      return message;
  }
}
