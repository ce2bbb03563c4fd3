import type { BackboneResources, DenseMatrix, EncoderShape } from '@xtm/contracts';
import { clusterConcentration, dirichletPrior, type LogisticNormal } from '@xtm/losses';
import { corpusShape } from '../common/corpus-shape';
import { requireClusters, requireDocumentRows, requireLanguagePair, requireTopics } from '../common/requirements';
import { clusterTopicWords } from './cluster-topic-words';
import { XTRA } from './options';

/** What XTRA is made of besides its layers; arrays have one entry a language. */
export interface XtraIngredients {
  readonly shape: EncoderShape;
  /** [documents, dimensions]. */
  readonly documentEmbeddings: readonly DenseMatrix[];
  /** [documents]. */
  readonly clusters: readonly Int32Array[];
  readonly prior: LogisticNormal;
  /** [topics, vocabulary]. */
  readonly initialTopicWords: readonly DenseMatrix[];
}

/** Prior and initial topic-word weights from the clusters of the training documents. */
export function xtraIngredients(resources: BackboneResources, numTopics: number): XtraIngredients {
  const { languages } = resources.corpus;
  requireTopics(numTopics);
  requireLanguagePair(XTRA, languages);
  const documentEmbeddings = requireDocumentRows(XTRA, resources, 'documentEmbeddings');
  const clusters = requireClusters(XTRA, resources, numTopics);
  return {
    shape: corpusShape(resources.corpus, numTopics),
    documentEmbeddings,
    clusters,
    prior: dirichletPrior(numTopics, clusterConcentration(clusterSizes(clusters, numTopics))),
    initialTopicWords: languages.map(({ train }, l) => clusterTopicWords(train.rows, clusters[l]!, numTopics)),
  };
}

/** Documents of each cluster, all languages together [clusters]. */
function clusterSizes(clusters: readonly Int32Array[], numClusters: number): Float64Array {
  const sizes = new Float64Array(numClusters);
  for (const language of clusters) for (const cluster of language) sizes[cluster]!++;
  return sizes;
}
