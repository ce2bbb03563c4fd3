import type { TokenUsage } from '@xtm/contracts';
import type { SpendingSummary } from '@xtm/llm';
import type { TopicEvaluation } from '@xtm/metrics';

const ADVICE = [
  'fewer topics (`numTopics`), or more documents per topic',
  'the model options normalisation and batchNormalisation left at their defaults',
  'a dictionary that covers more of the vocabularies (`dictionary`)',
];

/**
 * Lines that warn that topics say little about the documents, and say what may help, names of settings in backquotes;
 * none where there is nothing to warn of.
 */
export function formatQualityWarnings({ warnings }: Pick<TopicEvaluation, 'warnings'>): string[] {
  if (warnings.length === 0) return [];
  return [
    ...warnings.map(({ message }) => `warning: ${message}`),
    '  These topics say little about the documents, however good their words look. Try:',
    ...ADVICE.map((advice) => `  - ${advice}`),
    '  docs/own-texts.md says more.',
  ];
}

/** What kinds of warnings come to in a few words. */
const KINDS: Readonly<Record<TopicEvaluation['warnings'][number]['kind'], string>> = {
  fewEffectiveTopics: 'few effective topics',
  largeMainTopic: 'a main topic of most documents',
  uninformativeProportions: 'proportions that predict no words',
};

/** The warnings of one or several evaluations of a method in one sentence; nothing where there are none. */
export function summariseWarnings(name: string, evaluations: readonly Pick<TopicEvaluation, 'warnings'>[]): string[] {
  const warned = evaluations.filter(({ warnings }) => warnings.length > 0);
  if (warned.length === 0) return [];
  const kinds = new Set(warned.flatMap(({ warnings }) => warnings.map(({ kind }) => KINDS[kind] ?? kind)));
  return [
    `${name}${evaluations.length > 1 ? ` (${warned.length} of ${evaluations.length} runs)` : ''}: topics say little ` +
      `about the documents (${[...kinds].join(', ')})`,
  ];
}

/** What a language model was asked and what that cost, in one line. */
export function formatSpending({ replies, cachedReplies, inputTokens, outputTokens, cost }: SpendingSummary): string {
  const price = cost === undefined ? '' : `, cost ${cost.toFixed(4)}`;
  return `Language model: ${replies} replies paid for, ${cachedReplies} from the cache, ` +
    `${inputTokens + outputTokens} tokens${price}`;
}

/** What phase 2 would ask of a language model, in one line; names of settings in backquotes. */
export function formatEstimate(
  { calls, inputTokens, outputTokens, cost }: TokenUsage & { readonly calls: number; readonly cost?: number },
): string {
  const price = cost === undefined ? 'cost unknown without `prices`' : `cost about ${cost.toFixed(4)}`;
  return `Phase 2 would take about ${calls} calls, ${inputTokens} tokens sent and ${outputTokens} received; ${price}.`;
}
