import type { TopicData, TopicWordsData } from '../contract/topic-data';
import { finiteOrNull, meanOrNull, significant } from '../numbers';
import type { RunMaterial } from '../run/run-material';
import { topicRefinements } from './refinements';
import { refinementEvents } from './training';

/**
 * @param words of every topic [languages][topics]
 * @param documents of every topic, as positions among the documents that are shown [topics][languages]
 */
export function describeTopics(run: RunMaterial, words: readonly (readonly TopicWordsData[])[], documents: readonly (readonly number[][])[]): TopicData[] {
  const events = refinementEvents(run.events);
  const { npmi, dictionaryAgreement } = run.evaluation.measures;
  return run.topics.map((topic, position) => {
    const refinements = topicRefinements(topic, events, run.languages.length);
    const theme = refinements.flatMap((refinement) => refinement.theme ?? []).at(-1);
    const pairs = dictionaryAgreement ?? [];
    return {
      index: topic.index,
      members: topic.members,
      ...(topic.name !== undefined && { name: topic.name }),
      ...(theme !== undefined && { theme }),
      weights: run.weights.map((ofLanguage) => significant(ofLanguage[position]!)),
      mainTopicOf: run.mainTopicOf.map((ofLanguage) => significant(ofLanguage[position]!)),
      ...(npmi !== undefined && { coherence: npmi.perTopic.map((scores) => finiteOrNull(meanOrNull(topic.members.map((member) => scores[member])) ?? undefined)) }),
      ...(pairs.length > 0 && { translated: meanOrNull(pairs.flatMap(({ perTopic }) => topic.members.map((member) => perTopic[member]))) }),
      words: words.map((ofLanguage) => ofLanguage[position]!),
      documents: documents[position]!,
      refinements,
    };
  });
}
