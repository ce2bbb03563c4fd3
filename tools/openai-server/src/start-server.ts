import { InvalidOptionError } from '@xtm/contracts';
import { createRefinementAnswers, ProtocolServer } from '@xtm/llm/testing';
import { SeededGenerator } from '@xtm/numeric';
import { corpusSuggestions } from './corpus-suggestions';
import { misbehaviourPlan } from './misbehaviour-plan';
import type { ServerSettings } from './server-settings';

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
  return ProtocolServer.start({
    port,
    misbehave: misbehaviourPlan(misbehave, generator.fork('misbehaviour')),
    answer: createRefinementAnswers({
      generator: generator.fork('answers'),
      foreignRate: foreign,
      ...(corpus === undefined
        ? {}
        : {
            suggest: corpus.suggest,
            hallucinations: { rate: hallucinations, repeated, vocabularies: corpus.vocabularies },
          }),
    }),
  });
}
