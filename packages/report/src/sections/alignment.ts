import { dictionaryAgreement, translationsOf } from '@xtm/metrics';
import { topWords } from '@xtm/pipeline';
import type { AlignmentData } from '../contract/alignment-data';
import type { Available } from '../contract/available';
import { significant } from '../numbers';
import type { RunMaterial } from '../run/run-material';

const DEFAULT_TOP_WORDS = 15;

/** How well each topic of one language agrees with each of the other, by the dictionary. */
export function describeAlignment({ corpus, wordScores, topicWord, vocabularies, config }: RunMaterial): Available<AlignmentData> {
  if (corpus === undefined) return { missing: 'The dataset that the run was trained on, and its dictionary, were not at hand when this report was written.' };
  if (corpus.dictionary === undefined) return { missing: 'The dataset has no dictionary to compare topics by.' };
  const [first, second] = corpus.dictionary.languages;
  const count = config.settings.topWords ?? DEFAULT_TOP_WORDS;
  const words = [first, second].map((language) => topWords(wordScores[language]!, topicWord[language]!, vocabularies[language]!, count).map((topic) => topic.map(({ word }) => word)));
  const [left, right] = [words[0]!, words[1]!];
  const everyPair = {
    first: left.flatMap((topic) => right.map(() => topic)),
    second: left.flatMap(() => right),
  };
  const { perTopic } = dictionaryAgreement(everyPair, translationsOf(corpus.dictionary, [vocabularies[first]!, vocabularies[second]!]));
  return { data: { languages: [first, second], topWords: count, agreement: left.map((_, row) => perTopic.slice(row * right.length, (row + 1) * right.length).map((share) => significant(share, 3))) } };
}
