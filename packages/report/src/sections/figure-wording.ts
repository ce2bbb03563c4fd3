import { figureTitle } from '@xtm/metrics';

/** Titles and explanations of figures by their names without the language. */
const WORDING: Readonly<Record<string, readonly [title: string, explanation: string]>> = {
  'topicShares/effective': ['Topics in use (effective number)', 'So many topics of the same size would spread the documents as evenly.'],
  'topicShares/largest': ['Largest mean share of a topic', 'Less is better.'],
  'topicShares/largestMainTopic': ['Largest main topic', 'Share of the documents that have the same main topic; less is better.'],
  coverageGain: ['Documents with a word of their topic, above chance', 'Share of the held-out documents that hold a listed word of their main topic, less what chance gives.'],
  documentCompletion: ['Unseen words predicted', 'Nats per word above the words’ frequencies; 0 says nothing.'],
  labelInformation: ['Main topics follow the labels', 'Normalised mutual information within each language, from 0 to 1.'],
  mateRetrieval: ['Translations found by their topics', 'Mean reciprocal rank of the translation.'],
  npmi: ['Words occur together (NPMI)', 'Pairs of a topic’s words in held-out documents; from −1, never, over 0, by chance, to 1, always.'],
  cnpmi: ['Words occur together across the languages (CNPMI)', 'A topic’s words of one language with those of another, in documents that are translations or about the same.'],
  topicUniqueness: ['Words that no other topic lists (uniqueness)', '1 where all lists are different.'],
  topicDiversity: ['Distinct words among all that are listed (diversity)', '1 where no word is listed twice.'],
  inverseRankBiasedOverlap: ['Difference of the lists (inverse rank-biased overlap)', '1 where no two topics have a word in common; first words count most.'],
  topicQuality: ['Coherence times uniqueness (topic quality)', 'CNPMI, where it is above 0, times uniqueness.'],
  dictionaryAgreement: ['Words with a translation in the same topic', 'Share of a topic’s words, of all languages together, that the dictionary connects.'],
  'dictionaryAgreement/coverage': ['Words that the dictionary knows', 'The figure above cannot be larger than this.'],
  embeddingAlignment: ['Similar meaning in the languages (embeddings)', 'Cosine of a topic’s words in two languages.'],
  'embeddingAlignment/nearestRate': ['Topics whose nearest one in the other language is themselves', 'By embeddings of their words.'],
  perplexity: ['Perplexity of held-out words', 'Less is better; compare models of one kind only.'],
  purity: ['Main topics have one label each (purity)', 'Share of test documents whose label is the most frequent one of their main topic.'],
  normalisedMutualInformation: ['Main topics and labels, all languages together', 'Normalised mutual information, from 0 to 1.'],
  languageBalance: ['Languages mix within main topics', '1 where every main topic has as many documents of each language.'],
  'llmRatings/coherence': ['A language model’s rating of coherence', 'From 1 to 3.'],
  'llmRatings/similarity': ['A language model’s rating of similarity across languages', 'From 1 to 3.'],
};

/** What a figure is called and what it says, by its name without the language. */
export function wordFigure(name: string): { readonly title: string; readonly explanation: string } {
  const [title, explanation] = WORDING[name] ?? [figureTitle(name), ''];
  return { title, explanation };
}
