import type {
  DocumentTopics,
  Embedder,
  EmbeddingTopicModel,
  SparseRows,
  TopicModel,
  TransformOptions,
} from '@xtm/contracts';

/**
 * A model that knows documents by their embeddings, with the embedder it was fitted with: documents are placed as in
 * fitting.
 *
 * @param open gives the embedder when documents are placed for the first time
 */
export function placeByEmbeddings(model: EmbeddingTopicModel, open: () => Promise<Embedder>): TopicModel {
  return {
    name: model.name,
    languages: model.languages,
    vocabularies: model.vocabularies,
    numTopics: model.numTopics,
    topicWord: model.topicWord,
    topics: (topWords) => model.topics(topWords),
    transform: async (
      rows: SparseRows,
      languageIndex: number,
      { texts, ...run }: TransformOptions = {},
    ): Promise<DocumentTopics> => {
      const vocabulary = model.vocabularies[languageIndex];
      const embedder = await open();
      const title = `documents (${model.languages[languageIndex]?.code})`;
      return model.transformEmbeddings(
        await embedder.embedDocuments({ languageIndex, rows, texts, vocabulary, title }, run),
      );
    },
    save: (folder) => model.save(folder),
    dispose: () => model.dispose(),
  };
}

/** Whether a model knows documents by their embeddings. */
export function knowsEmbeddings(model: TopicModel): model is EmbeddingTopicModel {
  return 'transformEmbeddings' in model;
}
