import { measureTitle, type TopicEvaluation } from '@xtm/metrics';
import type { DescribedTopic } from '@xtm/pipeline';

/** Topics by how good they are. */
export interface RankedTopics {
  /** What people call the figure that they are ranked by. */
  readonly figure: string;
  /** Best first, those without a figure left out. */
  readonly ranked: readonly { readonly topic: DescribedTopic; readonly value: number }[];
}

/**
 * Ranks topics by held-out NPMI, else CNPMI, else agreement with the dictionary, mean over languages or their pairs;
 * undefined without any of them. A merger has its parts' mean.
 */
export function rankTopics(topics: readonly DescribedTopic[], { measures }: TopicEvaluation): RankedTopics | undefined {
  const { npmi, cnpmi, dictionaryAgreement } = measures;
  const candidates = [
    ['npmi', npmi?.perTopic],
    ['cnpmi', cnpmi?.map(({ perTopic }) => perTopic)],
    ['dictionaryAgreement', dictionaryAgreement?.map(({ perTopic }) => perTopic)],
  ] as const;
  for (const [measure, lists = []] of candidates) {
    const valued = topics.map((topic) => ({ topic, value: meanOfKnown(lists.flatMap((perTopic) => topic.members.map((member) => perTopic[member]!))) }));
    const ranked = valued.filter(({ value }) => !Number.isNaN(value)).sort((one, other) => other.value - one.value);
    if (ranked.length > 0) return { figure: measureTitle(measure), ranked };
  }
  return undefined;
}

function meanOfKnown(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
