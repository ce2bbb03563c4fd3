import { AbortedError, DataFormatError, EndpointError, InvalidOptionError, TrainingDivergedError, XtmError } from '../index';

describe('errors', () => {
  it('say what, where and what to do, and keep the cause', () => {
    const cause = new Error('inner');
    const error = new DataFormatError('expected two fields', { file: 'dict.txt', line: 7, field: 'word' }, { cause, advice: 'Write one pair a line.' });
    expect(error).toBeInstanceOf(XtmError);
    expect(error.message).toBe('dict.txt:7 (word): expected two fields');
    expect(error.advice).toBe('Write one pair a line.');
    expect(error.cause).toBe(cause);
    expect(error.name).toBe('DataFormatError');
  });

  it('carry the facts in fields', () => {
    expect(new InvalidOptionError('numTopics', -3, 'must be at least 2').value).toBe(-3);
    expect(new EndpointError('http://localhost', 'quota', 'quota exhausted', { status: 429 })).toMatchObject({ failure: 'quota', status: 429 });
    expect(new TrainingDivergedError(3, 17, 'reconstruction', undefined)).toMatchObject({ epoch: 3, batch: 17, part: 'reconstruction' });
  });

  it('have one code a class', () => {
    const codes = [new AbortedError('training'), new InvalidOptionError('a', 1, 'b'), new TrainingDivergedError(1, 1, 'x', undefined)].map((error) => error.code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
