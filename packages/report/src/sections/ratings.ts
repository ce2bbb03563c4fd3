import type { Available } from '../contract/available';
import type { RatingsData } from '../contract/ratings-data';
import { meanOrNull } from '../numbers';
import { describeLanguage } from '../language-name';
import type { RunMaterial } from '../run/run-material';

/** What a language model thought of the topics, where it was asked; a merger has the mean of its parts. */
export function describeRatings({ evaluation, topics, name }: RunMaterial): Available<RatingsData> {
  const { llmRatings } = evaluation.measures;
  if (llmRatings === undefined) return { missing: `No language model has rated these topics. "xtm evaluate ${name} --llm-preset NAME --llm-model NAME" asks one.` };
  const { model, runs, coherence, similarity } = llmRatings;
  const titled = [
    ...coherence.map(({ language, perTopic }) => ({ title: `${nameOf(language)} coherence`, perTopic })),
    ...similarity.map(({ languages, perTopic }) => ({ title: `${languages.map(nameOf).join(' and ')} similarity`, perTopic })),
  ];
  return { data: { model, runs, rows: titled.map(({ title, perTopic }) => ({ title, ratings: topics.map(({ members }) => meanOrNull(members.map((member) => perTopic[member]))) })) } };
}

function nameOf(code: string): string {
  return describeLanguage({ code, suffix: code }).name;
}
