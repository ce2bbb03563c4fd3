import type { ScoreWithFloor, TopicEvaluation } from '@xtm/metrics';

/** What must hold for documents' shares to be worth looking at. */
const LEAST_EFFECTIVE = 0.6;
const LARGEST_MAIN_TOPIC = 0.35;
/** Deviations over seeds by which a figure must be above its floor. */
const DEVIATIONS = 2;

/** Mean and standard deviation (n − 1) of a figure over seeds. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/** What the seeds of one model say of one language. */
export interface LanguageVerdict {
  readonly language: string;
  readonly effective: Spread;
  readonly largestMainTopic: Spread;
  readonly coverage: FlooredSpread;
  readonly completion: FlooredSpread;
  /** Absent without labels. */
  readonly labels?: FlooredSpread;
  /** What does not hold; empty when all does. */
  readonly failures: readonly string[];
}

/** A figure beside what permuted proportions give, over the same seeds. */
export interface FlooredSpread extends Spread {
  readonly floor: number;
}

/** @param evaluations of one model on one corpus, one per seed */
export function judge(evaluations: readonly TopicEvaluation[]): LanguageVerdict[] {
  const [first] = evaluations;
  return first!.languages.map((language, l) => {
    const shares = evaluations.map(({ measures }) => measures.topicShares!.perLanguage[l]!);
    const effective = spreadOf(shares.map((share) => share.effective));
    const largestMainTopic = spreadOf(shares.map((share) => share.largestMainTopic));
    const floored = (name: 'coverageGain' | 'documentCompletion' | 'labelInformation') =>
      evaluations.every(({ measures }) => measures[name] !== undefined)
        ? flooredSpread(evaluations.map(({ measures }) => measures[name]!.perLanguage[l]!))
        : undefined;
    const [coverage, completion, labels] = [
      floored('coverageGain')!,
      floored('documentCompletion')!,
      floored('labelInformation'),
    ];
    // Every seed has to hold, not their mean.
    const failures = [
      ...(shares.some((share) => share.effective < LEAST_EFFECTIVE * first!.numTopics) ? ['effective topics'] : []),
      ...(shares.some((share) => share.largestMainTopic > LARGEST_MAIN_TOPIC) ? ['largest main topic'] : []),
      ...Object.entries({ coverage, completion, labels })
        .filter(([, figure]) => figure !== undefined && !isAboveFloor(figure))
        .map(([name]) => name),
    ];
    return { language, effective, largestMainTopic, coverage, completion, ...(labels && { labels }), failures };
  });
}

function isAboveFloor({ mean, floor, deviation }: FlooredSpread): boolean {
  return mean - floor > DEVIATIONS * deviation;
}

function flooredSpread(scores: readonly ScoreWithFloor[]): FlooredSpread {
  return { ...spreadOf(scores.map(({ value }) => value)), floor: spreadOf(scores.map(({ floor }) => floor)).mean };
}

export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation =
    values.length < 2
      ? 0
      : Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  return { mean, deviation };
}
