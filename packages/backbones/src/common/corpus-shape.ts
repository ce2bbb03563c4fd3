import type { Corpus, EncoderShape } from '@xtm/contracts';

/** The shape of an encoder for the corpus. */
export function corpusShape({ languages }: Corpus, numTopics: number): EncoderShape {
  return {
    languages: languages.map(({ language }) => language),
    vocabularySizes: languages.map(({ vocabulary }) => vocabulary.length),
    numTopics,
  };
}
