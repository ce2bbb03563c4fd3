/** Every way in which operations are computed: a backend, and whether it may use the fused kernels. */
export const PATHS = [['cpu', false], ['wasm', false], ['wasm', true]] as const;
