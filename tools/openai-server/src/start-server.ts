import { InvalidOptionError } from '@xtm/contracts';
import { createRefinementAnswers, ProtocolServer } from '@xtm/llm/testing';
import { SeededGenerator } from '@xtm/numeric';
import { corpusSuggestions } from './corpus-suggestions';
import { misbehaviourPlan } from './misbehaviour-plan';
import type { ServerSettings } from './server-settings';
import { answerTranslationPrompt, readTranslationPrompt } from './translation-answers';

/** Starts the server that the settings describe. */
export async function startServer({
  port,
  dataset,
  languages,
  dictionary,
  hallucinations,
  repeated,
  foreign,
  misbehave,
  seed,
}: ServerSettings): Promise<ProtocolServer> {
  const generator = new SeededGenerator(seed);
  const corpus =
    dataset === undefined
      ? undefined
      : await corpusSuggestions({ dataset, languages, dictionary }, generator.fork('corpus'));
  if (hallucinations > 0 && corpus === undefined)
    throw new InvalidOptionError('--hallucinations', hallucinations, 'needs the vocabulary of a --dataset');
  const refine = createRefinementAnswers({
    generator: generator.fork('answers'),
    foreignRate: foreign,
    ...(corpus === undefined
      ? {}
      : {
          suggest: corpus.suggest,
          hallucinations: { rate: hallucinations, repeated, vocabularies: corpus.vocabularies },
        }),
  });
  const translator = { generator: generator.fork('translations'), foreignRate: foreign };
  return ProtocolServer.start({
    port,
    misbehave: misbehaviourPlan(misbehave, generator.fork('misbehaviour')),
    answer: (request, call) => {
      const prompt = readTranslationPrompt(request.messages.at(-1)?.content ?? '');
      if (prompt === undefined) return refine(request, call);
      return answerTranslationPrompt(prompt, corpus?.translations ?? new Map(), translator);
    },
  });
}
