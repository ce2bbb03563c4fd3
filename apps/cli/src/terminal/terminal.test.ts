import { PassThrough } from 'node:stream';
import { bold, type Terminal, withFlags } from './terminal';

function terminal(isTTY: boolean, environment: Terminal['environment'] = {}): Terminal {
  return { out: Object.assign(new PassThrough(), { isTTY }), log: new PassThrough(), environment, signal: new AbortController().signal };
}

describe('bold', () => {
  it('stands out on a terminal only', () => {
    expect(bold(terminal(true), 'x')).toBe('\u001b[1mx\u001b[22m');
    expect(bold(terminal(false), 'x')).toBe('x');
  });

  it.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('is plain with %j', (environment) => {
    expect(bold(terminal(true, environment), 'x')).toBe('x');
  });
});

it('shows the options that libraries name as flags', () => {
  expect(withFlags('Name a mirror with `baseUrl`; `x.y` and "quoted" stay')).toBe('Name a mirror with --base-url; `x.y` and "quoted" stay');
});
