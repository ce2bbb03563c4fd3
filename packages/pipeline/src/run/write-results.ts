import type { Corpus, RunOptions, TopicModel } from '@xtm/contracts';
import { rankingScores, topWords } from '../model/word-ranking';
import { SPLITS, writeDocumentFacts, writeDocumentTopics } from '../run-folder/documents';
import type { RunFolder } from '../run-folder/run-folder';
import { writeRunTopics, writeTopicLines, writeTopicWeights, writeTopicWord } from '../run-folder/topics';
import { writeRunVocabulary } from '../run-folder/vocabulary';

/**
 * Writes what a fitted model says of its corpus: its topics as `writeTopics` does, vocabularies, and for every split
 * the documents' topics with ids, labels and metadata.
 *
 * @throws AbortedError, WriteError
 */
export async function writeResults(
  folder: RunFolder,
  model: TopicModel,
  corpus: Corpus,
  topWordCount: number,
  options: RunOptions = {},
): Promise<void> {
  writeTopics(folder, model, topWordCount);
  for (const [index, { language, vocabulary, ...splits }] of corpus.languages.entries()) {
    writeRunVocabulary(folder, language, vocabulary);
    for (const split of SPLITS) {
      const documents = splits[split];
      if (documents === undefined || documents.rows.rows === 0) continue;
      const topics = await model.transform(documents.rows, index, { texts: documents.texts, ...options });
      writeDocumentTopics(folder, language, split, topics);
      writeDocumentFacts(folder, language, split, documents);
    }
  }
}

/**
 * Writes what a model says of its topics alone: `topics.json`, its words ranked as the model ranks them; a topic per
 * line for the field's scripts, by the decoder's weights where the model has them; p(w | k); and the decoder's
 * weights.
 *
 * @param count words per topic that are listed
 */
export function writeTopics(folder: RunFolder, model: TopicModel, count: number): void {
  const { topicWord, topicWeights, vocabularies, languages, numTopics, wordRanking: ranking = 'probability' } = model;
  const ranked = (by: typeof ranking) =>
    rankingScores({ ranking: by, topicWord, topicWeights }).map((scores, i) =>
      topWords(scores, topicWord[i]!, vocabularies[i]!, count),
    );
  const [words, published] = [ranked(ranking), ranked('weights')];
  languages.forEach((language, i) => {
    writeTopicLines(
      folder,
      language,
      count,
      published[i]!.map((topic) => topic.map(({ word }) => word)),
    );
    writeTopicWord(folder, language, topicWord[i]!);
    if (topicWeights !== undefined) writeTopicWeights(folder, language, topicWeights[i]!);
  });
  const wordsOf = (topic: number) => Object.fromEntries(languages.map(({ suffix }, i) => [suffix, words[i]![topic]!]));
  const topics = Array.from({ length: numTopics }, (_, index) => ({ index, words: wordsOf(index) }));
  writeRunTopics(folder, { languages, ranking, topics });
}
