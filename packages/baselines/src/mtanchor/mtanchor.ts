import { z } from 'zod';
import {
  defineBaseline,
  type DocumentTopics,
  type FittedBaseline,
  type ModelResources,
  type RandomGenerator,
  type RunOptions,
} from '@xtm/contracts';
import { requireLinkedLanguages, requireTopics } from '../common/fitting';
import { AnchorModel, loadAnchorModel } from './anchor-model';
import { findAnchors } from './anchors';
import { WordCooccurrence } from './word-cooccurrence';

const mtanchorOptionsSchema = z.strictObject({
  anchorThreshold: z.number().min(0).max(1).default(0.008).describe(
    "words in a smaller share of their language's documents are no anchors",
  ),
  tolerance: z.number().positive().default(2e-7).describe(
    "stops a word's recovery once its squared error is within this of the least possible",
  ),
  documentPrior: z.number().positive().default(0.1).describe(
    'pseudo-count of each topic in a document, for document-topic proportions',
  ),
});

export type MtanchorOptions = z.input<typeof mtanchorOptionsSchema>;
type ResolvedMtanchorOptions = z.output<typeof mtanchorOptionsSchema>;

const NAME = 'mtanchor';

/**
 * MTAnchor (Yuan, Van Durme & Boyd-Graber 2018): topics of two languages anchored in pairs of words that a dictionary
 * links, recovered from the words' co-occurrence within each language. Its models are `AnchorModel`s. Draws nothing.
 */
export const mtanchor = defineBaseline({
  name: NAME,
  needs: ['dictionary'],
  languages: 2,
  optionsSchema: mtanchorOptionsSchema,
  fit: fitMtanchor,
  load: loadAnchorModel,
});

async function fitMtanchor(
  resources: ModelResources,
  numTopics: number,
  options: ResolvedMtanchorOptions,
  _generator: RandomGenerator,
  runOptions: RunOptions,
): Promise<FittedBaseline> {
  requireTopics(numTopics, resources.corpus);
  const { languages, links } = requireLinkedLanguages(NAME, resources);
  const vocabularies = languages.map(({ vocabulary }) => vocabulary);
  const { anchorThreshold, tolerance, documentPrior } = options;
  const cooccurrences = [
    new WordCooccurrence(languages[0].train.rows),
    new WordCooccurrence(languages[1].train.rows),
  ] as const;
  const found = await findAnchors(cooccurrences, links, { numTopics, anchorThreshold }, runOptions);
  const anchors = found.map((anchor) =>
    anchor.map((words, language) => words.map((word) => vocabularies[language]![word]!)),
  );
  const basis = {
    name: NAME,
    languages: languages.map(({ language }) => language),
    vocabularies,
    documentPrior,
    cooccurrences,
    tolerance,
  };
  const model = await AnchorModel.recover(basis, anchors, runOptions);
  const documentTopics: DocumentTopics[] = [];
  for (const [language, { train }] of languages.entries())
    documentTopics.push(await model.transform(train.rows, language, runOptions));
  return { model, documentTopics };
}
