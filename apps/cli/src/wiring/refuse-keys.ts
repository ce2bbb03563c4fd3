export { refuseKeys } from '@xtm/pipeline';
