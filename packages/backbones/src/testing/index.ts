export { backboneContract, type BackboneContractOptions } from './backbone-contract';
export { syntheticCorpus, type SyntheticCorpus, type SyntheticCorpusOptions } from './synthetic-corpus';
export { batchOf, trainBackbone, type TrainSettings } from './train';
