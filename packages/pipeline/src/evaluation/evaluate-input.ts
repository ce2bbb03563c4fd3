import { InvalidOptionError, type Corpus, type Embedder, type RunOptions } from '@xtm/contracts';
import { evaluateTopics, type EvaluationInput, type TopicEvaluation } from '@xtm/metrics';
import type { EvaluationOptions } from './evaluation-options';
import { openReference } from './open-reference';

/** Evaluates what a model or corpus says of topics together with the reference corpus, embedder and chat model that the options bring. */
export async function evaluateInput(
  input: EvaluationInput,
  corpus: Corpus | undefined,
  options: Omit<EvaluationOptions, 'topWords'>,
): Promise<TopicEvaluation> {
  const {
    reference,
    embedder,
    chatModel,
    description = corpus?.description,
    classifiers,
    signal,
    onProgress,
    onWarning,
    ...choices
  } = options;
  const run = { signal, onProgress, onWarning };
  if (embedder !== undefined) await learnFrom(corpus, embedder, run);
  const references = reference === undefined ? [] : [await openReference(input, reference, choices.counting, run)];
  return evaluateTopics(
    { ...input, description, references, embedder, chatModel },
    { ...choices, classifiers: classifiers && [...classifiers] },
    run,
  );
}

async function learnFrom(corpus: Corpus | undefined, embedder: Embedder, run: RunOptions): Promise<void> {
  if (embedder.fit === undefined) return;
  if (corpus === undefined)
    throw new InvalidOptionError('embedder', embedder.name, 'learns from a corpus, and there is none', {
      advice: 'Name the dataset of the topics.',
    });
  await embedder.fit(corpus, corpus.dictionary, run);
}
