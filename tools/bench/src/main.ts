import { fileURLToPath } from 'node:url';
import { main } from './command-line';
import { tasksApart } from './worker-process';

const worker = fileURLToPath(new URL('./worker.js', import.meta.url));

process.exitCode = await main(process.argv.slice(2), tasksApart(worker), {
  print: (text) => void process.stdout.write(`${text}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
});
