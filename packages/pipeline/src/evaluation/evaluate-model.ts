import type { Corpus, CorpusLanguage, DocumentSet, RandomGenerator, RunOptions, TopicModel } from '@xtm/contracts';
import { completeDocuments, type EvaluatedDocuments, type EvaluatedLanguage, type TopicEvaluation } from '@xtm/metrics';
import { SeededGenerator } from '@xtm/numeric';
import { evaluateInput } from './evaluate-input';
import type { EvaluationOptions } from './evaluation-options';

/** Perplexity hides the same half of the test documents from every model, so that models can be compared. */
const HALVES_SEED = 0;

/** Computes every measure that the model, its corpus and the options allow, and says which ones it left out and why. */
export async function evaluateModel(
  model: TopicModel,
  corpus: Corpus,
  { topWords = 15, ...options }: EvaluationOptions = {},
): Promise<TopicEvaluation> {
  const { signal, onProgress } = options;
  const generator = new SeededGenerator(HALVES_SEED);
  const languages: EvaluatedLanguage[] = [];
  for (const index of corpus.languages.keys()) {
    languages.push(await evaluatedLanguage(model, corpus.languages[index]!, index, generator, { signal, onProgress }));
  }
  return evaluateInput(
    { topics: model.topics(topWords), languages, dictionaries: corpus.dictionary && [corpus.dictionary] },
    corpus,
    options,
  );
}

async function evaluatedLanguage(
  model: TopicModel,
  { language, vocabulary, train, test }: CorpusLanguage,
  index: number,
  generator: RandomGenerator,
  run: RunOptions,
): Promise<EvaluatedLanguage> {
  const facts = {
    language,
    vocabulary,
    topicWord: model.topicWord[index]!,
    train: await inferDocuments(model, train, index, run),
  };
  if (test === undefined || test.rows.rows === 0) return facts;
  const completion = await completeDocuments(model, test.rows, index, generator.fork(language.code));
  return { ...facts, test: await inferDocuments(model, test, index, run), completion };
}

async function inferDocuments(
  model: TopicModel,
  { rows, ids, labels, texts }: DocumentSet,
  index: number,
  run: RunOptions,
): Promise<EvaluatedDocuments> {
  return { rows, ids, labels, ...(await model.transform(rows, index, { texts, ...run })) };
}
