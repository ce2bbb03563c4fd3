const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const SHOW_CURSOR = '\x1b[?25h';

/**
 * Aborts at the first Ctrl-C, so that the work can end in good order. From then on the system's own handling is back:
 * a second Ctrl-C ends the process at once, whatever it is doing.
 */
export function interruptSignal(log: NodeJS.WritableStream & { readonly isTTY?: boolean } = process.stderr): AbortSignal {
  const controller = new AbortController();
  const interrupt = (): void => {
    for (const signal of SIGNALS) process.off(signal, interrupt);
    log.write(`${log.isTTY ? SHOW_CURSOR : ''}\nStopping in good order; Ctrl-C again stops at once.\n`);
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  return controller.signal;
}
