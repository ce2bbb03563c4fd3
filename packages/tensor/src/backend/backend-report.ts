export type BackendName = 'tensorflow' | 'wasm' | 'cpu';

/** `auto` takes the fastest that works here. */
export type BackendRequest = 'auto' | BackendName;

/** `kernels`: xtm's fused kernels run the hot operations; `plain`: all of them are made of TensorFlow.js operations. */
export type ComputePath = 'kernels' | 'plain';

/** A backend that was tried and could not be used. */
export interface BackendAttempt {
  readonly backend: BackendName;
  readonly problem: string;
  /** What would make it work. */
  readonly advice: string | undefined;
}

/** What computes, and why. */
export interface BackendReport {
  readonly backend: BackendName;
  readonly path: ComputePath;
  readonly device: 'cpu' | 'gpu';
  /** One sentence for people. */
  readonly reason: string;
  /** What was tried before, in order. */
  readonly tried: readonly BackendAttempt[];
}
