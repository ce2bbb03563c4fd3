import {
  AbortedError,
  DataFormatError,
  EndpointError,
  explainWriteError,
  InvalidOptionError,
  MissingFileError,
  TrainingDivergedError,
  WriteError,
  XtmError,
} from './index';

describe('errors', () => {
  it('say what, where and what to do, and keep the cause', () => {
    const cause = new Error('inner');
    const error = new DataFormatError(
      'expected two fields',
      { file: 'dict.txt', line: 7, field: 'word' },
      { cause, advice: 'Write one pair a line.' },
    );
    expect(error).toBeInstanceOf(XtmError);
    expect(error.message).toBe('dict.txt:7 (word): expected two fields');
    expect(error.advice).toBe('Write one pair a line.');
    expect(error.cause).toBe(cause);
    expect(error.name).toBe('DataFormatError');
  });

  it('carry the facts in fields', () => {
    expect(new InvalidOptionError('numTopics', -3, 'must be at least 2').value).toBe(-3);
    expect(
      ['apiKey', 'llm.apikey', 'hubToken'].map((option) => new InvalidOptionError(option, 'sk-abc', 'wrong').value),
    ).toEqual(Array(3).fill('[redacted]'));
    expect(new InvalidOptionError('apiKeyVariable', 'MY_KEY', 'is empty').value).toBe('MY_KEY');
    expect(new EndpointError('http://localhost', 'quota', 'quota exhausted', { status: 429 })).toMatchObject({
      failure: 'quota',
      status: 429,
    });
    expect(new TrainingDivergedError(3, 17, 'reconstruction', undefined)).toMatchObject({
      epoch: 3,
      batch: 17,
      part: 'reconstruction',
    });
  });

  it('have one code per class', () => {
    const codes = [
      new AbortedError('training'),
      new InvalidOptionError('a', 1, 'b'),
      new TrainingDivergedError(1, 1, 'x', undefined),
    ].map((error) => error.code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('give advice where the place is all that is known', () => {
    expect(new DataFormatError('is empty', { file: 'a.txt', line: 3 }).advice).toContain('line 3');
    expect(new DataFormatError('is empty', { file: 'a.npz', field: 'shape' }).advice).toContain('shape');
    expect(new DataFormatError('is empty', { file: 'a.npz' }, { advice: undefined }).advice).toContain('right file');
    expect(new AbortedError('training').advice).toContain('same command');
  });

  it.each([
    ['ENOENT', 'not found'],
    ['EACCES', 'permission denied'],
    ['EISDIR', 'is a folder'],
    ['ERR_FS_FILE_TOO_LARGE', '2 GiB'],
  ])('do not call a file missing that is there: %s', (code, problem) => {
    const error = new MissingFileError('a.txt', 'training', { cause: Object.assign(new Error(), { code }) });
    expect(error.message).toBe(`a.txt: ${error.message.split(': ')[1]!.split(';')[0]}; needed for training`);
    expect(error.message).toContain(problem);
  });
});

describe('explainWriteError', () => {
  it.each(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'ENOTDIR'])('says what %s is and what to do', (code) => {
    const cause = Object.assign(new Error(), { code });
    expect(explainWriteError('runs/a', cause)).toMatchObject({
      constructor: WriteError,
      path: 'runs/a',
      cause,
      message: expect.stringMatching(/^runs\/a: .{10,}/) as string,
      advice: expect.any(String) as string,
    });
  });

  it('leaves other errors as they are', () => {
    const errors = [new Error('a bug'), new AbortedError('training'), 'text'];
    expect(errors.map((error) => explainWriteError('a', error))).toEqual(errors);
  });
});
