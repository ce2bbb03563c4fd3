export { main } from './main';
export type { Terminal } from './terminal/terminal';
