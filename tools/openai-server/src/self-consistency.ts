import { SeededGenerator } from '@xtm/numeric';
import { measureSelfConsistency } from '@xtm/refiner/testing';

const ROUNDS = [1, 3, 5, 7, 10, 13];
const HALLUCINATION_RATE = 0.3;

/** Prints the share of made-up words that get past the vote, with all drawn afresh and with half coming back. */
for (const repeated of [0, 0.5]) {
  const figures = await measureSelfConsistency({
    generator: new SeededGenerator(1),
    rounds: ROUNDS,
    hallucinationRate: HALLUCINATION_RATE,
    repeated,
  });
  console.log(`made up: ${HALLUCINATION_RATE}, of these coming back: ${repeated}`);
  console.table(figures);
}
