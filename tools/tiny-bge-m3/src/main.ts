import { XtmError } from '@xtm/contracts';
import { writeModelFolder } from '@xtm/embedder/testing';
import { readModelRequest, USAGE } from './model-request';

async function main(argv: readonly string[]): Promise<void> {
  const request = readModelRequest(argv);
  if (request === 'help') return void console.log(USAGE);
  await writeModelFolder(request.folder, request.options);
  console.log(`wrote ${request.folder}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof XtmError)) throw error;
  console.error(error.message);
  console.error(USAGE);
  process.exitCode = 2;
});
