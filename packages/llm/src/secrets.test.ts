import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { createChatModel } from './index';
import { printableUrl, readKeyFile, readKeyVariable, redactSecrets } from './secrets';
import { ProtocolServer } from './testing';

const SECRET = 'sk-very-secret-0123';

describe('a key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xtm-key-'));
  const file = join(folder, 'key');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('comes from a file, white space around it left out', async () => {
    const server = await ProtocolServer.start({ apiKey: SECRET });
    writeFileSync(file, `${SECRET}\n`);
    await createChatModel(
      { baseUrl: server.baseUrl, model: 'local', apiKeyFile: file, replyFolder: false },
      {},
    ).complete([{ role: 'user', content: 'hi' }]);
    expect(server.calls[0]!.authorization).toBe(`Bearer ${SECRET}`);
    await server.close();
  });

  it.each([
    ['is empty', '\n'],
    ['holds more than a key', `${SECRET}\nuser: me\n`],
    ['holds more than a key', `OPENAI_API_KEY=${SECRET} `.replace('=', ' = ')],
  ])('is not taken from a file that %s', (problem, content) => {
    writeFileSync(file, content);
    expect(() => readKeyFile(file)).toThrow(
      expect.objectContaining({ constructor: InvalidOptionError, message: `apiKeyFile: ${file} ${problem}` }),
    );
  });

  it('is named when its file is not there', () => {
    expect(() => readKeyFile(join(folder, 'none'))).toThrow(MissingFileError);
  });

  it('is never quoted when it cannot be one', () => {
    const wrong = `${SECRET}\nX-Header: 1`;
    const attempts = [
      () => readKeyVariable('MY_KEY', { MY_KEY: wrong }),
      () => createChatModel({ model: 'x', baseUrl: `https://user:${SECRET}@host/v1` }, {}),
      () => createChatModel({ model: 'x', preset: 'ollama', apikey: SECRET } as never, {}),
    ];
    for (const attempt of attempts) {
      const error = catchError(attempt);
      expect(error).toBeInstanceOf(InvalidOptionError);
      expect(JSON.stringify(error) + error.message + error.stack + JSON.stringify(error.cause)).not.toContain(SECRET);
    }
  });
});

function catchError(attempt: () => unknown): Error {
  try {
    attempt();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('redactSecrets', () => {
  it('takes given secrets out, wherever and however often they stand', () => {
    expect(redactSecrets('key=abc.def, again abc.def', ['abc.def'])).toBe('key=[redacted], again [redacted]');
  });

  it.each([
    'sk-proj-0123456789abcdef',
    'Bearer abcdefghijkl',
    'AIzaSyA0123456789012345678901',
    'nvapi-0123456789',
    'hf_0123456789',
  ])('takes out what is shaped like a key: %s', (key) => {
    expect(redactSecrets(`got ${key} here`, [])).toBe('got [redacted] here');
  });

  it('leaves other text as it is', () => {
    expect(redactSecrets('ask-me about sk-8 and bearer bonds', ['', 'zzz'])).toBe(
      'ask-me about sk-8 and bearer bonds',
    );
  });
});

describe('printableUrl', () => {
  it('keeps host and path alone', () => {
    expect(printableUrl('https://user:pass@host:8080/v1/?key=secret#x')).toBe('https://host:8080/v1');
  });
});
