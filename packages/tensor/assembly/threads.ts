// Work that threads share. A pass over a task is cut into parts that do not depend on how many threads there are, and every
// part has sums of its own, which are added in order: results are the same to the bit, whoever computes which part.
import { alignPart, scorePart } from './alignment-task';
import { differentiatePart, normalisePart, scoreDocuments } from './decoder';
import { multiplyPart } from './product-task';
import { Job, Pass } from './tasks';

const SECOND: i64 = 1_000_000_000;
/** Seconds without a finished part after which threads are given up. */
const PATIENCE: i32 = 600;

function work(job: Job, part: i32): void {
  const task = job.task, numParts = job.numParts;
  switch (job.pass) {
    case Pass.scoreAnchors: return scorePart(task, part);
    case Pass.alignWords: return alignPart(task, part);
    case Pass.normaliseLogits: return normalisePart(task, part, numParts);
    case Pass.scoreDocuments: return scoreDocuments(task, part, numParts);
    case Pass.differentiate: return differentiatePart(task, part, numParts);
    case Pass.multiply: return multiplyPart(task, part);
  }
}

/** Works until no part of the pass is left to take. */
function takeParts(job: Job): void {
  const finished = changetype<usize>(job) + offsetof<Job>('finished');
  for (;;) {
    const part = atomic.add<i32>(changetype<usize>(job) + offsetof<Job>('next'), 1);
    if (part >= job.numParts) return;
    work(job, part);
    atomic.add<i32>(finished, 1);
    atomic.notify(finished, 1);
  }
}

/** Waits for the parts that others took; false if none was finished for a long time. */
function awaitOthers(job: Job): bool {
  const address = changetype<usize>(job) + offsetof<Job>('finished');
  for (let seconds = 0; seconds < PATIENCE;) {
    const finished = atomic.load<i32>(address);
    if (finished == job.numParts) return true;
    seconds = atomic.wait<i32>(address, finished, SECOND) == AtomicWaitResult.TIMED_OUT ? seconds + 1 : 0;
  }
  return false;
}

/** A pass over a task, together with the threads that serve the job. False if a thread has stopped in the midst of a part. */
export function run(address: usize, pass: i32, task: usize): bool {
  const job = changetype<Job>(address);
  job.pass = pass;
  job.task = task;
  atomic.store<i32>(address + offsetof<Job>('finished'), 0);
  // From here on, threads may take parts.
  atomic.store<i32>(address + offsetof<Job>('next'), 0);
  atomic.add<i32>(address + offsetof<Job>('begun'), 1);
  atomic.notify(address + offsetof<Job>('begun'), -1);
  takeParts(job);
  return awaitOthers(job);
}

/** Takes parts of whatever is run, until there was nothing to do for so many milliseconds. */
export function serve(address: usize, idle: f64): void {
  const job = changetype<Job>(address), begun = address + offsetof<Job>('begun');
  for (;;) {
    const seen = atomic.load<i32>(begun);
    takeParts(job);
    if (atomic.wait<i32>(begun, seen, <i64>(idle * 1_000_000)) == AtomicWaitResult.TIMED_OUT) return;
  }
}
