import { interruptSignal } from './interrupt-signal';
import type { Terminal } from './terminal';

/** The terminal that this process runs in. */
export function processTerminal(): Terminal {
  // A reader such as `head` that has seen enough is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  return { in: process.stdin, out: process.stdout, log: process.stderr, environment: process.env, signal: interruptSignal() };
}
