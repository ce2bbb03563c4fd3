import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackendLibraryError, BackendMissingError } from '@xtm/contracts';
import { loadNative, nativeTarget } from './load-native';

describe('loadNative', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'xtm-native-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const failure = (): unknown => {
    try {
      return loadNative(folder);
    } catch (error) {
      return error;
    }
  };

  it('says that no kernels are compiled for the platform, and how to compile them', () => {
    const error = failure();
    expect(error).toBeInstanceOf(BackendMissingError);
    expect(error).toMatchObject({ backend: 'native', problem: `no kernels are compiled for ${nativeTarget()}` });
    expect((error as BackendMissingError).advice).toContain('npm run setup:native');
  });

  it('says which file cannot be loaded, and why', () => {
    const file = join(folder, `xtm-native.${nativeTarget()}.node`);
    writeFileSync(file, 'no library');
    const error = failure();
    expect(error).toBeInstanceOf(BackendLibraryError);
    expect((error as BackendLibraryError).problem).toContain(`${file} cannot be loaded: `);
  });

  it('names the platform as packages of compiled code do', () => {
    expect(nativeTarget()).toMatch(/^(linux-\w+-(gnu|musl)|darwin-\w+|win32-\w+-msvc|\w+-\w+)$/);
    expect(nativeTarget()).toContain(`${process.platform}-${process.arch}`);
  });
});
