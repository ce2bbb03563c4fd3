import { PassThrough } from 'node:stream';
import { formatDuration, formatRate, ProgressDisplay } from './progress-display';
import type { Terminal } from './terminal';

function recorder(isTTY: boolean): { readonly terminal: Terminal; readonly text: () => string } {
  const pieces: string[] = [];
  const log = Object.assign(new PassThrough(), { isTTY, columns: 80 }).on('data', (chunk) => pieces.push(String(chunk)));
  return { terminal: { out: new PassThrough(), log, environment: {}, signal: new AbortController().signal }, text: () => pieces.join('') };
}

let now = 0;
beforeEach(() => {
  now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

describe('ProgressDisplay', () => {
  it('shows figures, rate and time left, and leaves a line when a long stage ends', () => {
    const { terminal, text } = recorder(true);
    const progress = new ProgressDisplay(terminal);
    progress.update({ stage: 'embedding', done: 0, total: 100 });
    expect(text()).toBe('');
    now = 10_000;
    progress.update({ stage: 'embedding', done: 25, total: 100, figures: { 'texts in store': 3 } });
    progress.stop();
    expect(text()).toContain('embedding');
    expect(text()).toContain('texts in store 3  2.5/s  0:30 left');
    progress.update({ stage: 'embedding', done: 25, total: 100 });
    now = 20_000;
    progress.update({ stage: 'embedding', done: 100, total: 100 });
    expect(text()).toContain('embedding: 0:20\n');
  });

  it('reckons the time left of a resumed stage from what it did itself', () => {
    const { terminal, text } = recorder(true);
    const progress = new ProgressDisplay(terminal);
    progress.update({ stage: 'training', done: 80, total: 100, figures: { 'documents/s': 9 } });
    now = 5_000;
    progress.update({ stage: 'training', done: 90, total: 100, figures: { 'documents/s': 9 } });
    progress.stop();
    expect(text()).toContain('documents/s 9  0:05 left');
  });

  it('is silent for what is over at once, and where nobody watches', () => {
    for (const [isTTY, time] of [[true, 100], [false, 60_000]] as const) {
      const { terminal, text } = recorder(isTTY);
      const progress = new ProgressDisplay(terminal);
      progress.update({ stage: 'inferring topics', done: 0, total: 2 });
      now += time;
      progress.update({ stage: 'inferring topics', done: 2, total: 2 });
      expect(text()).toBe('');
    }
  });
});

it.each([[999, '0:01'], [61_000, '1:01'], [3_605_000, '1:00:05']])('writes %i ms as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

it.each([[500, 1000, '500/s'], [5, 2000, '2.5/s'], [1, 4000, '4.0 s each'], [0, 5000, '']])('writes the rate of %i steps in %i ms as "%s"', (done, elapsed, text) => {
  expect(formatRate({ stage: '', done, total: 1 }, done, elapsed)).toBe(text);
});
