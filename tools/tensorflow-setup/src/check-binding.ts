import { XtmError } from '@xtm/contracts';
import { useBackend } from '@xtm/tensor';

/** A program of its own: the binding is loaded by a process that saw none of its files before. */
async function main(): Promise<void> {
  try {
    const { reason } = await useBackend('tensorflow');
    console.log(`--backend tensorflow works: ${reason}.`);
  } catch (error) {
    if (!(error instanceof XtmError)) throw error;
    console.error(`error: ${error.message}`);
    if (error.advice !== undefined) console.error(`  try: ${error.advice}`);
    process.exitCode = 1;
  }
}

void main();
