import { spawn } from 'node:child_process';
import { BackendError } from '@xtm/contracts';

export interface CommandSettings {
  /** For the error: what could not be done. */
  readonly purpose: string;
  readonly folder?: string;
  /** Variables beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What helps where the command itself is missing. */
  readonly advice?: string;
}

/** Runs a program whose output goes to the terminal. Rejects with a BackendError if it is missing or fails. */
export async function runCommand(
  program: string,
  args: readonly string[],
  { purpose, folder, environment, advice }: CommandSettings,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const fail = (problem: string, cause?: unknown): void =>
      reject(
        new BackendError('tensorflow', `${purpose} failed: ${program} ${problem}`, {
          advice: advice ?? 'The lines above say why.',
          cause,
        }),
      );
    spawn(program, args, { cwd: folder, env: { ...process.env, ...environment }, stdio: 'inherit' })
      .on('error', (error) => fail('cannot be started', error))
      .on('close', (code, signal) => (code === 0 ? resolve() : fail(`ended with ${signal ?? code}`)));
  });
}
