/** Parts of a corpus, as file names call them. */
export const SPLITS = ['train', 'test'] as const;

export type Split = (typeof SPLITS)[number];
