/** What a new project's file is written from. */
export interface ProjectAnswers {
  readonly name: string;
  readonly description?: string;
  /** One entry a language, in order. Paths are relative to the file. */
  readonly documents: readonly { readonly language: string; readonly path: string }[];
  readonly textColumn?: string;
  readonly labelColumn?: string;
  /** Whether or not it is there yet. */
  readonly dictionary?: string;
  /** What documents' vectors come from. */
  readonly embedder: EmbedderAnswer;
  readonly numTopics: number;
  readonly refiner: RefinerAnswer;
}

/** Texts of fewer bytes make so few documents that a word in two of them tells something. */
export const FEW_BYTES = 5_000_000;

export const REFINER_ANSWERS = ['none', 'corpus', 'openai'] as const;

export type RefinerAnswer = (typeof REFINER_ANSWERS)[number];

/** An embedder by name; its folder is relative to the file. */
export interface EmbedderAnswer {
  readonly name: string;
  readonly options?: Readonly<Record<string, unknown>>;
}
