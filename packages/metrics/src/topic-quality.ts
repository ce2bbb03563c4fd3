/** Topic quality (the papers' TQ): max(0, coherence)·uniqueness, coherence being CNPMI. */
export function topicQuality(coherence: number, uniqueness: number): number {
  return Math.max(0, coherence) * uniqueness;
}
