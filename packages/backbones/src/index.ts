export { backbones, findBackbone } from './registry';
export { findPreset, presets, type BackbonePreset, type Preset } from './presets';
export { nmtm, type NmtmOptions } from './nmtm';
export { infoctm, positivePairs, type InfoctmOptions } from './infoctm';
export { xtra, type XtraOptions } from './xtra';
export { clusterDocuments } from './xtra-clusters';
export { gloctm, type GloctmOptions } from './gloctm';
export { type OwnArray, type PublicArray, readPublicCheckpoint, type PublicCheckpoint } from './public-checkpoint';
