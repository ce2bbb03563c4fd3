/** The part of libsvm-js that tests compare with. */
declare module 'libsvm-js/asm' {
  interface LibsvmOptions {
    readonly type: string;
    readonly kernel: string;
    readonly gamma: number;
    readonly cost: number;
    readonly quiet: boolean;
  }

  export default class Libsvm {
    static readonly SVM_TYPES: { readonly C_SVC: string };
    static readonly KERNEL_TYPES: { readonly RBF: string };
    constructor(options: LibsvmOptions);
    train(samples: number[][], labels: number[]): void;
    predict(samples: number[][]): number[];
    free(): void;
  }
}
