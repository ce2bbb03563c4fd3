import { InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChatModel } from './index';
import { readKeyFile, readKeyVariable } from './read-key';
import { ProtocolServer } from './testing';

const SECRET = 'sk-very-secret-0123';

describe('a key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xtm-key-'));
  const file = join(folder, 'key');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('comes from a file, white space around it left out', async () => {
    const server = await ProtocolServer.start({ apiKey: SECRET });
    writeFileSync(file, `${SECRET}\n`);
    await createChatModel({ baseUrl: server.baseUrl, model: 'local', apiKeyFile: file, replyFolder: false }, {}).complete([{ role: 'user', content: 'hi' }]);
    expect(server.calls[0]!.authorization).toBe(`Bearer ${SECRET}`);
    await server.close();
  });

  it.each([['is empty', '\n'], ['holds more than a key', `${SECRET}\nuser: me\n`], ['holds more than a key', `OPENAI_API_KEY=${SECRET} `.replace('=', ' = ')]])('is not taken from a file that %s', (problem, content) => {
    writeFileSync(file, content);
    expect(() => readKeyFile(file)).toThrow(expect.objectContaining({ constructor: InvalidOptionError, message: `apiKeyFile: ${file} ${problem}` }));
  });

  it('is named when its file is not there', () => {
    expect(() => readKeyFile(join(folder, 'none'))).toThrow(MissingFileError);
  });

  it('is never quoted when it cannot be one', () => {
    const wrong = `${SECRET}\nX-Header: 1`;
    const attempts = [() => readKeyVariable('MY_KEY', { MY_KEY: wrong }), () => createChatModel({ model: 'x', baseUrl: `https://user:${SECRET}@host/v1` }, {}), () => createChatModel({ model: 'x', preset: 'ollama', apikey: SECRET } as never, {})];
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
