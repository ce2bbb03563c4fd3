import { XtmError } from '@xtm/contracts';
import { readServerSettings, USAGE } from './server-settings';
import { startServer } from './start-server';

async function main(argv: readonly string[]): Promise<void> {
  const settings = readServerSettings(argv);
  if (settings === 'help') return void console.log(USAGE);
  const server = await startServer(settings);
  console.log(`listening on ${server.baseUrl}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      console.log(`${server.calls.length} calls, ${server.chatCalls.length} of them chat`);
      void server.close();
    });
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof XtmError)) throw error;
  console.error(error.message);
  console.error(USAGE);
  process.exitCode = 2;
});
