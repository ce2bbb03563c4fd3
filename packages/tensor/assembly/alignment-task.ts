// The mutual information cut into parts.
import { clearGradients, sumGradients } from './alignment-side';
import { alignWords, scoreAnchors } from './mutual-information';
import { AlignmentTask, Part, Scratch, Side } from './tasks';

@inline
function partAt(task: AlignmentTask, index: i32): Part {
  return changetype<Part>(task.parts + <usize>index * offsetof<Part>());
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
