export { LossInputError, type SparseRows, type WeightedPoints, type WeightedWords, type WordList } from './inputs';
export { mmd, medianBandwidth, MULTI_KERNEL_MULTIPLES, type MmdOptions } from './mmd';
export { prepareTopicMmd, type PreparedTopicMmd, type TopicMmd } from './topic-mmd';
export { documentAlignment, documentAlignmentPerDocument, type DocumentAlignmentOptions } from './document-alignment';
export { cka, debiasedCka, unbiasedHsic } from './cka';
export { mutualInformation, type MutualInformation, type PositivePairs } from './mutual-information';
export { infoNce, type ContrastOptions, supervisedContrastive, topicContrast } from './contrastive';
export { sinkhorn, type SinkhornOptions, optimalTransport } from './transport/optimal-transport';
export { prepareTopicTransport, type PreparedTopicTransport, type TopicTransport } from './transport/topic-transport';
export {
  clusterConcentration,
  dirichletPrior,
  type LogisticNormal,
  gaussianKl,
  type DiagonalGaussian,
  reconstruction,
  type ReconstructionOptions,
} from './evidence-bound';
