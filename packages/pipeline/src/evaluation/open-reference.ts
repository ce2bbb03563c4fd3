import { InvalidOptionError, type RunOptions } from '@xtm/contracts';
import { findLanguage } from '@xtm/data';
import {
  indexReference,
  loadReferenceIndex,
  ReferenceIndex,
  saveReferenceIndex,
  wordsOfLanguage,
  type Counting,
  type EvaluationInput,
  type ReferenceCorpus,
  type ReferenceFilePair,
} from '@xtm/metrics';

/** Where the counts of a comparable corpus come from. */
export type ReferenceSource = {
  /** Codes or suffixes of the languages on the two sides; the first two of the topics by default. */
  readonly languages?: readonly [string, string];
} & (
  | {
      /** Line-aligned files to count. */
      readonly files: readonly ReferenceFilePair[];
      /** Keeps the counts of the whole vocabularies in this file, for other models that have them. */
      readonly saveTo?: string;
    }
  | {
      /** A file of counts that `saveTo` made. */
      readonly savedCounts: string;
    }
);

/**
 * Makes a comparable corpus ready for the topics of an input.
 *
 * @param counting undefined takes the saved counts' own, and `documents` for files
 * @throws InvalidOptionError for languages that the topics have not, or counts that were saved with another counting.
 * @throws MissingFileError, DataFormatError, AbortedError
 */
export async function openReference(
  input: EvaluationInput,
  source: ReferenceSource,
  counting: Counting | undefined,
  run: RunOptions,
): Promise<ReferenceCorpus> {
  const sides = findSides(input, source.languages);
  if ('savedCounts' in source) {
    return {
      languages: sides,
      source: { counts: indexOfTopics(await loadCounts(source.savedCounts, counting), input, sides) },
    };
  }
  if (source.saveTo === undefined) return { languages: sides, source: { files: source.files } };
  const index = await indexReference([vocabularyOf(input, sides[0]), vocabularyOf(input, sides[1])], source.files, {
    counting,
    ...run,
  });
  await saveReferenceIndex(source.saveTo, index);
  return { languages: sides, source: { counts: indexOfTopics(index, input, sides) } };
}

function findSides({ languages }: EvaluationInput, names: readonly [string, string] | undefined): [number, number] {
  const known = languages.map(({ language }) => language);
  const [first, second] = names === undefined ? [0, 1] : names.map((name) => findLanguage(known, name));
  if (
    first === undefined ||
    second === undefined ||
    first < 0 ||
    second < 0 ||
    first === second ||
    second >= known.length
  ) {
    throw new InvalidOptionError(
      'reference',
      names,
      `needs files of two of the topics' languages, ${known.map(({ code }) => code).join(' and ')}`,
    );
  }
  return [first, second];
}

async function loadCounts(file: string, counting: Counting | undefined): Promise<ReferenceIndex> {
  const index = await loadReferenceIndex(file);
  if (counting !== undefined && counting !== index.counting) {
    throw new InvalidOptionError('counting', counting, `${file} was counted as "${index.counting}"`, {
      advice: 'Count the reference files again.',
    });
  }
  return index;
}

/** All words that topics of the language can have; those that they do have where the vocabulary is unknown. */
function vocabularyOf({ topics, languages }: EvaluationInput, side: number): readonly string[] {
  return languages[side]!.vocabulary ?? [...new Set(wordsOfLanguage(topics, side).flat())];
}

/** The `released` counting asks whether both languages' topics list a word, so an index must not know more words than they. */
function indexOfTopics(
  { counting, documents, postings }: ReferenceIndex,
  { topics }: EvaluationInput,
  sides: readonly [number, number],
): ReferenceIndex {
  const [first, second] = sides.map((side, i) => {
    const listed = new Set(wordsOfLanguage(topics, side).flat());
    return new Map([...postings[i === 0 ? 0 : 1]].filter(([word]) => listed.has(word)));
  });
  return new ReferenceIndex(counting, documents, [first!, second!]);
}
