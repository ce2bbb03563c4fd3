export { baselines, findBaseline } from './registry';
export { svdLr, uSvd, type SvdOptions } from './svd/svd-baselines';
export { ClusterModel } from './svd/cluster-model';
export { mtanchor, type MtanchorOptions } from './mtanchor/mtanchor';
export { type AnchorBasis, AnchorModel, loadAnchorModel } from './mtanchor/anchor-model';
export { type Anchor, mergeAnchors, removeAnchor, replaceAnchor } from './mtanchor/anchors';
export { mcta, type MctaOptions } from './mcta/mcta';
