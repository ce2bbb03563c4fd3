import { TimeLedger } from './time-ledger';

/** A ledger whose clock moves only where the test says so; `noShapes` takes time, which must not count. */
function ledgerByHand() {
  let time = 0;
  const pass = (milliseconds: number): void => void (time += milliseconds);
  const noShapes = (): string => {
    pass(1000);
    return '';
  };
  return { ledger: new TimeLedger(() => time), pass, noShapes };
}

describe('TimeLedger', () => {
  it('charges the innermost operation, and the phase where none runs', () => {
    const { ledger, pass, noShapes } = ledgerByHand();
    pass(1);
    ledger.startPhase('forward');
    pass(2);
    ledger.run('Outer', noShapes, () => {
      pass(3);
      ledger.run('Inner', noShapes, () => pass(5));
      pass(4);
    });
    ledger.endStep(true);
    expect(ledger.entries()).toEqual([
      { phase: 'forward', operation: 'Outer', shapes: '', calls: 1, milliseconds: 7 },
      { phase: 'forward', operation: 'Inner', shapes: '', calls: 1, milliseconds: 5 },
      { phase: 'forward', operation: '(JavaScript)', shapes: '', calls: 0, milliseconds: 2 },
      { phase: 'assembly', operation: '(batch assembly)', shapes: '', calls: 0, milliseconds: 1 },
    ]);
  });

  it('adds up steps that are kept, by phase and shapes, and forgets the others', () => {
    const { ledger, pass } = ledgerByHand();
    const step = (milliseconds: number, keep: boolean): void => {
      ledger.run('Add', () => '2×3', () => pass(milliseconds));
      ledger.startPhase('update');
      ledger.run('Add', () => '2×3', () => pass(milliseconds));
      ledger.run('Add', () => '4', () => pass(1));
      ledger.endStep(keep);
    };
    step(100, false);
    step(10, true);
    step(20, true);
    const found = ledger.entries().filter(({ operation }) => operation === 'Add');
    expect(found.map(({ phase, shapes, calls, milliseconds }) => [phase, shapes, calls, milliseconds])).toEqual([
      ['assembly', '2×3', 2, 30],
      ['update', '2×3', 2, 30],
      ['update', '4', 2, 2],
    ]);
  });

  it('charges an operation that throws, and goes on', () => {
    const { ledger, pass, noShapes } = ledgerByHand();
    const fail = (): never => {
      pass(3);
      throw new Error('no memory');
    };
    expect(() => ledger.run('Broken', noShapes, fail)).toThrow('no memory');
    pass(2);
    ledger.endStep(true);
    expect(ledger.entries().map(({ operation, milliseconds }) => [operation, milliseconds])).toEqual([
      ['Broken', 3],
      ['(batch assembly)', 2],
    ]);
  });
});
