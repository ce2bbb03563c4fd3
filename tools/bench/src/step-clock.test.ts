import { quantiles, type Repetition, StepClock } from './step-clock';

/** Repeats a step of a given length until the clock has seen enough; counts the steps. */
function repeat(repetition: Repetition, milliseconds: number): { clock: StepClock; steps: number } {
  const clock = new StepClock(repetition);
  let steps = 0;
  do {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
    steps++;
  } while (clock.tick());
  return { clock, steps };
}

describe('StepClock', () => {
  it('times as many steps as asked for, after the warm-up', () => {
    const { clock, steps } = repeat({ steps: 5, warmup: 2, seconds: 10 }, 0);
    expect(clock.times).toHaveLength(5);
    expect(steps).toBe(7);
  });

  it('measures time that passes and time that the processor works', () => {
    const { clock } = repeat({ steps: 3, warmup: 1, seconds: 10 }, 20);
    for (const { wall, cpu } of clock.times) {
      expect(wall).toBeGreaterThanOrEqual(19);
      expect(cpu).toBeGreaterThan(0);
    }
  });

  it('leaves out the first step, which contains the preparation', async () => {
    const clock = new StepClock({ steps: 1, warmup: 1, seconds: 10 });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(clock.tick()).toBe(true);
    expect(clock.tick()).toBe(false);
    expect(clock.times).toHaveLength(1);
    expect(clock.times[0]!.wall).toBeLessThan(500);
  });

  it('is content with three steps and a short warm-up where steps take long', () => {
    const { clock, steps } = repeat({ steps: 1000, warmup: 1000, seconds: 0.02 }, 15);
    expect(clock.times.length).toBeLessThanOrEqual(4);
    expect(clock.times.length).toBeGreaterThanOrEqual(3);
    expect(steps).toBeLessThan(9);
  });
});

describe('quantiles', () => {
  it('finds the middle and the tenths at both ends, whatever the order', () => {
    expect(quantiles([10, 3, 1, 9, 4, 0, 2, 8, 7, 6, 5])).toEqual({ median: 5, low: 1, high: 9 });
  });

  it('lies between neighbours where no figure stands in the place', () => {
    expect(quantiles([4, 1]).median).toBe(2.5);
  });

  it('is not moved by one slow step', () => {
    expect(quantiles([1, 1, 1, 1, 1000]).median).toBe(1);
  });
});
