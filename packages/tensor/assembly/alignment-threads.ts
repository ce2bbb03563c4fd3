// The mutual information by several threads. It is cut into parts that do not depend on how many threads there are, and
// every part has sums of its own, which are added in order: the result is the same to the bit, whoever computes what.
import { Scratch, Side, alignWords, clearGradients, scoreAnchors, sumGradients } from './mutual-information';

/** A share of the work. */
@unmanaged
class Part {
  /** Copy of the first `Side` with gradients of its own. */
  first: usize;
  /** Its `Scratch`. */
  scratch: usize;
  /** Its anchors of the first side, and its words of the second. */
  anchorsBegin: i32;
  anchorsEnd: i32;
  wordsBegin: i32;
  wordsEnd: i32;
  loss: f64;
}

const PART_BYTES: usize = 32;

/** What all threads know. */
@unmanaged
class Job {
  /** Passes begun so far; threads without work wait for it to change. */
  begun: i32;
  /** The part that is taken next, and how many are finished, in this pass. */
  next: i32;
  finished: i32;
  /** `SCORE` or `ALIGN`. */
  pass: i32;
  numParts: i32;
  /** [numParts] */
  parts: usize;
  /** Both `Side`s. */
  first: usize;
  second: usize;
  inverseTemperature: f32;
  loss: f64;
}

/** The first side's anchors are scored before the second side's words are aligned with them. */
const SCORE: i32 = 0;
const ALIGN: i32 = 1;

const SECOND: i64 = 1_000_000_000;
/** Seconds without a finished part after which threads are given up. */
const PATIENCE: i32 = 600;

@inline
function partAt(job: Job, index: i32): Part {
  return changetype<Part>(job.parts + <usize>index * PART_BYTES);
}

function work(job: Job, part: Part): void {
  const first = changetype<Side>(part.first), second = changetype<Side>(job.second), scratch = changetype<Scratch>(part.scratch);
  if (job.pass == SCORE) {
    part.loss = scoreAnchors(first, second, part.anchorsBegin, part.anchorsEnd, job.inverseTemperature, scratch);
  } else {
    clearGradients(first);
    part.loss += alignWords(first, second, part.wordsBegin, part.wordsEnd, job.inverseTemperature, scratch);
  }
}

/** Works until no part of the pass is left to take. */
function takeParts(job: Job): void {
  const finished = changetype<usize>(job) + offsetof<Job>('finished');
  for (;;) {
    const index = atomic.add<i32>(changetype<usize>(job) + offsetof<Job>('next'), 1);
    if (index >= job.numParts) return;
    work(job, partAt(job, index));
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

function runPass(job: Job, pass: i32): bool {
  const address = changetype<usize>(job);
  job.pass = pass;
  atomic.store<i32>(address + offsetof<Job>('finished'), 0);
  // From here on, threads may take parts.
  atomic.store<i32>(address + offsetof<Job>('next'), 0);
  atomic.add<i32>(address + offsetof<Job>('begun'), 1);
  atomic.notify(address + offsetof<Job>('begun'), -1);
  takeParts(job);
  return awaitOthers(job);
}

/**
 * Loss of both directions, not yet divided by the weights, and the gradients of both sides' vectors, together with the
 * threads that serve the job. False if a thread has stopped in the midst of a part.
 */
export function compute(address: usize): bool {
  const job = changetype<Job>(address);
  if (!runPass(job, SCORE) || !runPass(job, ALIGN)) return false;
  job.loss = 0;
  for (let index = 0; index < job.numParts; index++) {
    const part = partAt(job, index);
    job.loss += part.loss;
    sumGradients(changetype<Side>(job.first), changetype<Side>(part.first));
  }
  return true;
}

/** Takes parts of whatever is computed, until there was nothing to do for so many milliseconds. */
export function serve(address: usize, idle: f64): void {
  const job = changetype<Job>(address), begun = address + offsetof<Job>('begun');
  for (;;) {
    const seen = atomic.load<i32>(begun);
    takeParts(job);
    if (atomic.wait<i32>(begun, seen, <i64>(idle * 1_000_000)) == AtomicWaitResult.TIMED_OUT) return;
  }
}
