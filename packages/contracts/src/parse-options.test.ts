import { InvalidOptionError, parseOptions, type OptionsIssue, type OptionsSchema } from './index';

function failing(issue: OptionsIssue): OptionsSchema<never> {
  return { safeParse: () => ({ success: false, error: { issues: [issue] } }) };
}

describe('parseOptions', () => {
  it('gives what the schema makes of the options', () => {
    const schema: OptionsSchema<{ seed: number }> = { safeParse: (value) => ({ success: true, data: { seed: 0, ...(value as object) } }) };
    expect(parseOptions(schema, { seed: 3 })).toEqual({ seed: 3 });
  });

  it('names a wrong option by its path, with the value it had', () => {
    const attempt = () => parseOptions(failing({ code: 'too_small', path: ['budget', 'maxCalls'], message: 'must not be negative' }), { budget: { maxCalls: -1 } }, 'Give 0 or more.');
    expect(attempt).toThrow(InvalidOptionError);
    expect(attempt).toThrow(expect.objectContaining({ option: 'budget.maxCalls', value: -1, message: 'budget.maxCalls: must not be negative', advice: 'Give 0 or more.' }));
  });

  it('names an unknown option inside its group', () => {
    const attempt = () => parseOptions(failing({ code: 'unrecognized_keys', path: ['budget'], message: 'unrecognised', keys: ['calls'] }), { budget: { calls: 3 } });
    expect(attempt).toThrow(expect.objectContaining({ option: 'budget.calls', value: 3, message: 'budget.calls: there is no such option' }));
  });
});
