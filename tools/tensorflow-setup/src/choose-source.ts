import type { SetupSettings } from './setup-settings';

/** Where the binding comes from. */
export type BindingSource = { readonly description: string; readonly reason: string } & (
  | { readonly kind: 'published' }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'wheel' }
);

export interface Circumstances {
  /** Whether the published binding can be downloaded. */
  readonly reachable: boolean;
  /** Of the first card, where there is one. */
  readonly computeCapability: number | undefined;
}

/** The newest architecture that CUDA 11.2, which the published binding is made for, knows. */
const NEWEST_PUBLISHED_CAPABILITY = 8.6;

/** The published binding where it can be had and would work, else one built against a current TensorFlow. */
export function chooseSource(
  { gpu, build, libtensorflow, tensorflow }: SetupSettings,
  { reachable, computeCapability }: Circumstances,
): BindingSource {
  const wheel = { kind: 'wheel', description: `a build against TensorFlow ${tensorflow} from PyPI` } as const;
  if (libtensorflow !== undefined)
    return {
      kind: 'folder',
      folder: libtensorflow,
      description: `a build against ${libtensorflow}`,
      reason: '--libtensorflow asks for it',
    };
  if (build) return { ...wheel, reason: '--build asks for it' };
  if (!reachable) return { ...wheel, reason: 'the host of the published binding cannot be reached' };
  if (gpu && computeCapability === undefined)
    return { ...wheel, reason: 'the published binding runs on old cards only, and no card is here to tell' };
  if (gpu && computeCapability! > NEWEST_PUBLISHED_CAPABILITY)
    return {
      ...wheel,
      reason: `the published binding's CUDA 11.2 does not know cards of compute capability ` +
        `${computeCapability!.toFixed(1)}`,
    };
  return {
    kind: 'published',
    description: 'the published binding (libtensorflow 2.9.1)',
    reason: 'its host can be reached',
  };
}
