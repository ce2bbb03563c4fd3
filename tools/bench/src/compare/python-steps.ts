import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { z } from 'zod';
import { MissingFileError } from '@xtm/contracts';
import { MeasurementError, quantilesSchema } from '../measurement';
import type { Repetition } from '../step-clock';
import type { Workload } from '../workload';

/** How a step is written in PyTorch: as the published repositories have it, or sparse where the data are. */
export const FORMULATIONS = ['published', 'idiomatic'] as const;

export type Formulation = (typeof FORMULATIONS)[number];

/** What to time, and with which program. */
export interface PythonRequest {
  readonly model: string;
  readonly formulation: Formulation;
  readonly threads: number;
  readonly workload: Workload;
  readonly repetition: Repetition;
  /** The interpreter, in which the program finds PyTorch. */
  readonly python: string;
  /** File of the program. */
  readonly script: string;
}

const replySchema = z.object({
  steps: z.int(),
  /** Milliseconds per step. */
  wall: quantilesSchema,
  /** Milliseconds of processor time a step. */
  cpu: quantilesSchema,
  /** Bytes. */
  peakMemory: z.number(),
  /** Bytes of them that importing PyTorch takes, before there is any data. */
  importMemory: z.number(),
  /** Of PyTorch and Python. */
  versions: z.string(),
});

export type PythonSteps = Readonly<z.output<typeof replySchema>>;

/**
 * Times training steps in PyTorch, in a process of its own, which prints one line of JSON.
 *
 * @throws MissingFileError without the program, MeasurementError if it fails or prints something else
 */
export async function timePythonSteps(request: PythonRequest): Promise<PythonSteps> {
  const { model, formulation, python, script } = request;
  if (!existsSync(script)) throw new MissingFileError(script, 'the steps in PyTorch');
  const name = `${model} in PyTorch, ${formulation}`;
  const { stdout } = await promisify(execFile)(python, [script, ...flagsOf(request)]).catch((cause: unknown) => {
    throw new MeasurementError(name, lastLine(cause), {
      cause,
      advice: 'Run pip install torch numpy, and name that interpreter by --python.',
    });
  });
  try {
    return replySchema.parse(JSON.parse(stdout));
  } catch (cause) {
    throw new MeasurementError(name, `${script} printed no figures`, { cause });
  }
}

function flagsOf({ model, formulation, threads, workload, repetition }: PythonRequest): string[] {
  const { documents, vocabulary, topics, batchSize, dimensions, seed } = workload;
  const flags = {
    model,
    formulation,
    threads,
    ...repetition,
    documents,
    vocabulary,
    topics,
    'batch-size': batchSize,
    dimensions,
    seed,
  };
  return ['--json', ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)])];
}

/** Where Python says what is wrong. */
function lastLine(error: unknown): string {
  const { stderr = '', message } = error as Error & { readonly stderr?: string };
  return stderr.trim().split('\n').at(-1) || message;
}
