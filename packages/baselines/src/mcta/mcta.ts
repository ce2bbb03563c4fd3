import { z } from 'zod';
import {
  defineBaseline,
  type DenseMatrix,
  type FittedBaseline,
  type ModelResources,
  type RandomGenerator,
  type RunOptions,
} from '@xtm/contracts';
import { wordCounts } from '@xtm/data';
import { cooperate, type LinkedLanguages, requireLinkedLanguages, requireTopics } from '../common/fitting';
import { readModelFolder, TopicWordModel } from '../common/topic-word-model';
import { toTopicWord } from '../common/word-topics';
import {
  initialWeights,
  tiedProbabilities,
  type TieSettings,
  type TopicWeights,
  translationWeights,
  updateWeights,
} from './tied-topics';
import { TokenTopics } from './token-topics';

const mctaOptionsSchema = z.strictObject({
  dictionaryShare: z.number().min(0, 'must be at least 0').lt(1, 'must be below 1').default(0.5).describe(
    "λ: share of a word's probability that comes by way of its translations",
  ),
  documentPrior: z.number().positive('must be positive').default(0.5).describe(
    'α: pseudo-count of each topic in a document',
  ),
  wordPrior: z.number().positive('must be positive').default(0.01).describe(
    'β: added to every topic-word weight at each update',
  ),
  sweeps: z.int('must be an integer').min(1, 'must be at least 1').default(100).describe(
    'passes of Gibbs sampling over all tokens',
  ),
});

export type MctaOptions = z.input<typeof mctaOptionsSchema>;
type ResolvedMctaOptions = z.output<typeof mctaOptionsSchema>;

const NAME = 'mcta';

/**
 * MCTA (Shi, Lam, Bing & Xu 2016): latent Dirichlet allocation on unaligned documents of two languages, whose
 * topic-word distributions are tied by a dictionary; collapsed Gibbs sampling.
 *
 * Progress carries `logLikelihood`, the natural logarithm of every token's probability given its document's others.
 */
export const mcta = defineBaseline({
  name: NAME,
  needs: ['dictionary'],
  languages: 2,
  optionsSchema: mctaOptionsSchema,
  fit: fitMcta,
  load: async (folder) => new TopicWordModel(await readModelFolder(folder, NAME)),
});

async function fitMcta(
  resources: ModelResources,
  numTopics: number,
  options: ResolvedMctaOptions,
  generator: RandomGenerator,
  runOptions: RunOptions,
): Promise<FittedBaseline> {
  requireTopics(numTopics, resources.corpus);
  const linked = requireLinkedLanguages(NAME, resources);
  const sampler = new MctaSampler(linked, numTopics, options, generator);
  for (let sweep = 1; sweep <= options.sweeps; sweep++) {
    await cooperate('mcta', runOptions);
    const logLikelihood = sampler.sweep();
    runOptions.onProgress?.({ stage: 'mcta', done: sweep, total: options.sweeps, figures: { logLikelihood } });
  }
  const model = new TopicWordModel({
    name: NAME,
    languages: linked.languages.map(({ language }) => language),
    vocabularies: linked.languages.map(({ vocabulary }) => vocabulary),
    topicWord: sampler.finish(),
    documentPrior: options.documentPrior,
  });
  return { model, documentTopics: sampler.documentTopics().map((proportions) => ({ proportions })) };
}

/** The state of MCTA's sampler: psi, and a topic for every token. */
class MctaSampler {
  readonly #tokens: readonly [TokenTopics, TokenTopics];
  readonly #tie: TieSettings;
  #weights: TopicWeights;

  constructor(
    { languages, links }: LinkedLanguages,
    numTopics: number,
    private readonly options: ResolvedMctaOptions,
    generator: RandomGenerator,
  ) {
    const [first, second] = languages;
    this.#tokens = [
      new TokenTopics(first.train.rows, numTopics, generator.fork('first language')),
      new TokenTopics(second.train.rows, numTopics, generator.fork('second language')),
    ];
    this.#tie = {
      weights: translationWeights(links, [wordCounts(first.train.rows), wordCounts(second.train.rows)]),
      dictionaryShare: options.dictionaryShare,
      wordPrior: options.wordPrior,
    };
    this.#weights = initialWeights(
      [first.vocabulary.length, second.vocabulary.length],
      numTopics,
      generator.fork('weights'),
    );
  }

  /** Updates psi, then samples every token once; returns the log likelihood. */
  sweep(): number {
    this.#update();
    const [first, second] = tiedProbabilities(this.#weights, this.#tie);
    const { documentPrior } = this.options;
    return this.#tokens[0].sweep(first, documentPrior) + this.#tokens[1].sweep(second, documentPrior);
  }

  /** One more update of psi, then the topic-word probabilities of both languages [topics, vocabulary]. */
  finish(): DenseMatrix[] {
    this.#update();
    return tiedProbabilities(this.#weights, this.#tie).map(toTopicWord);
  }

  /** [documents, topics], one per language. */
  documentTopics(): DenseMatrix[] {
    return this.#tokens.map((tokens) => tokens.proportions(this.options.documentPrior));
  }

  #update(): void {
    this.#weights = updateWeights(
      this.#weights,
      [this.#tokens[0].wordCounts(), this.#tokens[1].wordCounts()],
      this.#tie,
    );
  }
}
