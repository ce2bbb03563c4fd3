import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NoiseSource } from '@xtm/contracts';

/** An array of a golden file, row-major. */
export interface GoldenArray {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export interface GoldenStep {
  /** One draw [batch, topics] for each encoder call, in call order. */
  readonly noise: readonly GoldenArray[];
  readonly losses: Readonly<Record<string, number>>;
  readonly grads?: Readonly<Record<string, GoldenArray>>;
  /** Before clipping; absent where the case does not clip. */
  readonly gradNorm?: number;
}

/** Three training steps of the public Python code; state names are PyTorch's, Linear weights [out, in]. */
export interface GoldenBackboneCase {
  readonly config: Readonly<Record<string, unknown>> & {
    readonly topics: number;
    readonly units: number;
    readonly batch: number;
    readonly learningRate: number;
    readonly clipNorm: number | null;
    readonly vocabulary: readonly number[];
    readonly dropout: number;
    readonly batchNormEps: number;
    readonly batchNormMomentum: number;
  };
  readonly inputs: Readonly<Record<string, GoldenArray>>;
  readonly initial: Readonly<Record<string, GoldenArray>>;
  readonly steps: readonly GoldenStep[];
  readonly final: Readonly<Record<string, GoldenArray>>;
  readonly evalAfter: Readonly<Record<string, GoldenArray>>;
}

/** Reads a golden file from the folder in XTM_GOLDEN if set, else from the package's own; a missing file throws. */
export function readGoldenCase(file: string): GoldenBackboneCase {
  const folder = process.env['XTM_GOLDEN'] ?? join(__dirname, '../../golden');
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as GoldenBackboneCase;
}

/** Hands out recorded draws in order. */
export class RecordedNoise implements NoiseSource {
  #next = 0;

  constructor(private readonly draws: readonly GoldenArray[]) {}

  fillNormal(out: Float32Array): void {
    const draw = this.draws[this.#next++];
    if (draw?.data.length !== out.length)
      throw new Error(`draw ${this.#next} has ${draw?.data.length} values, not ${out.length}`);
    out.set(draw.data);
  }

  fillUniform(): void {
    throw new Error('golden cases have no uniform draws: they were made without dropout');
  }

  /** Draws not handed out yet. */
  get left(): number {
    return this.draws.length - this.#next;
  }
}
