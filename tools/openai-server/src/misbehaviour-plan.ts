import type { RandomGenerator } from '@xtm/contracts';
import { misbehaviours, type Misbehaviour } from '@xtm/llm/testing';
import type { misbehaviourNames } from './server-settings';

const SLOW_MILLISECONDS = 5_000;

/** Decides call by call whether and how it goes wrong, from entries such as `throttled@0.1`. */
export function misbehaviourPlan(
  entries: readonly string[],
  generator: RandomGenerator,
): () => Misbehaviour | undefined {
  const plans = entries.map((entry) => {
    const [name, share] = entry.split('@');
    return { name: name as (typeof misbehaviourNames)[number], share: share ? Number(share) : 1 };
  });
  return () => {
    const plan = plans.find(({ share }) => generator.uniform() < share);
    if (plan === undefined) return undefined;
    return plan.name === 'slow' ? misbehaviours.slow(SLOW_MILLISECONDS) : misbehaviours[plan.name]();
  };
}
