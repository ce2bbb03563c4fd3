import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** A card that the NVIDIA driver knows. */
export interface NvidiaCard {
  readonly name: string;
  /** MiB. */
  readonly memory: number;
  /** Architecture as NVIDIA numbers them, for example 8.6. */
  readonly computeCapability: number;
}

/** What the NVIDIA driver's own tool says of this system. */
export interface NvidiaSystem {
  readonly cards: readonly NvidiaCard[];
  readonly driver?: string;
  /** The newest CUDA version that the driver runs. */
  readonly cuda?: string;
  /** Why there is no card. */
  readonly problem?: string;
}

const TIMEOUT_MILLISECONDS = 20_000;

/** Asks `nvidia-smi`, which comes with the driver, for the cards, the driver and the CUDA version. Never rejects. */
export async function inspectNvidia(environment: NodeJS.ProcessEnv = process.env): Promise<NvidiaSystem> {
  const ask = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('nvidia-smi', args, { env: environment, timeout: TIMEOUT_MILLISECONDS })).stdout;
  try {
    const rows = (
      await ask('--query-gpu=name,memory.total,compute_cap,driver_version', '--format=csv,noheader,nounits')
    )
      .trim()
      .split('\n')
      .map((line) => line.split(',').map((field) => field.trim()));
    const cards = rows
      .filter(({ length }) => length === 4)
      .map(([name, memory, capability]) => ({
        name: name!,
        memory: Number(memory),
        computeCapability: Number(capability),
      }));
    if (cards.length === 0) return { cards, problem: 'nvidia-smi lists no card' };
    const cuda = /CUDA Version:\s*([\d.]+)/.exec(await ask())?.[1];
    return { cards, driver: rows[0]![3]!, ...(cuda !== undefined && { cuda }) };
  } catch (error) {
    return { cards: [], problem: explain(error) };
  }
}

function explain(error: unknown): string {
  const {
    code,
    stdout = '',
    stderr = '',
    message,
  } = error as Error & { readonly code?: unknown; readonly stdout?: string; readonly stderr?: string };
  if (code === 'ENOENT') return 'there is no nvidia-smi, so no NVIDIA driver';
  const said = `${stdout}\n${stderr}`.trim().split('\n', 1)[0]!;
  return `nvidia-smi fails: ${said === '' ? message : said}`;
}

/** Cards, driver and CUDA version in one line. */
export function describeNvidia({ cards, driver, cuda, problem }: NvidiaSystem): string {
  if (cards.length === 0) return problem ?? 'no card';
  const names = cards.map(
    ({ name, memory, computeCapability }) =>
      `${name} (${Math.round(memory / 1024)} GiB, compute capability ${computeCapability.toFixed(1)})`,
  );
  return `${names.join(', ')}, driver ${driver ?? 'unknown'}, CUDA up to ${cuda ?? 'unknown'}`;
}
