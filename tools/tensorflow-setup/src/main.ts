import { InvalidOptionError, XtmError } from '@xtm/contracts';
import { readSetupSettings, USAGE } from './setup-settings';
import { setUpTensorflow } from './set-up-tensorflow';

async function main(argv: readonly string[]): Promise<void> {
  const settings = readSetupSettings(argv);
  if (settings === 'help') return void console.log(USAGE);
  await setUpTensorflow(settings, (line) => console.log(line));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof XtmError)) throw error;
  console.error(`error: ${error.message}`);
  if (error.advice !== undefined) console.error(`  try: ${error.advice}`);
  process.exitCode = error instanceof InvalidOptionError ? 2 : 1;
});
