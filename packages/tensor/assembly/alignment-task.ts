// The mutual information cut into parts.
import { Side, clearGradients, sumGradients } from './alignment-side';
import { Scratch, alignWords, scoreAnchors } from './mutual-information';

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

@unmanaged
class AlignmentTask {
  parts: usize;
  /** Both `Side`s. */
  first: usize;
  second: usize;
  inverseTemperature: f32;
}

@inline
function partAt(task: AlignmentTask, index: i32): Part {
  return changetype<Part>(task.parts + <usize>index * PART_BYTES);
}

/** Scores a part's anchors of the first side. */
export function scorePart(address: usize, index: i32): void {
  const task = changetype<AlignmentTask>(address), part = partAt(task, index);
  part.loss = scoreAnchors(changetype<Side>(part.first), changetype<Side>(task.second), part.anchorsBegin, part.anchorsEnd, task.inverseTemperature, changetype<Scratch>(part.scratch));
}

/** Aligns a part's words of the second side with the first side, whose anchors are all scored. */
export function alignPart(address: usize, index: i32): void {
  const task = changetype<AlignmentTask>(address), part = partAt(task, index);
  const first = changetype<Side>(part.first);
  clearGradients(first);
  part.loss += alignWords(first, changetype<Side>(task.second), part.wordsBegin, part.wordsEnd, task.inverseTemperature, changetype<Scratch>(part.scratch));
}

/** Adds up the first side's gradients, and the loss of both directions, not yet divided by the weights, which is returned. */
export function sumParts(address: usize, numParts: i32): f64 {
  const task = changetype<AlignmentTask>(address);
  let loss: f64 = 0;
  for (let index = 0; index < numParts; index++) {
    const part = partAt(task, index);
    loss += part.loss;
    sumGradients(changetype<Side>(task.first), changetype<Side>(part.first));
  }
  return loss;
}
