import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MissingFileError } from '@xtm/contracts';
import { findLibtensorflow } from './libtensorflow';
import { findNodeHeaders } from './node-headers';

const root = mkdtempSync(join(tmpdir(), 'xtm-libtensorflow-'));
afterAll(() => rmSync(root, { recursive: true }));

function makeFolder(name: string, files: readonly string[]): string {
  const folder = join(root, name);
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

const HEADER = 'include/tensorflow/c/eager/c_api.h';

describe('findLibtensorflow', () => {
  it('knows TensorFlow\'s C library', () => {
    const folder = makeFolder('c-library', [HEADER, 'lib/libtensorflow.so', 'lib/libtensorflow.so.2', 'lib/libtensorflow.so.2.9.1', 'lib/libtensorflow_framework.so.2']);
    expect(findLibtensorflow(folder)).toEqual({
      folder: join(folder, 'lib'),
      include: join(folder, 'include'),
      library: join(folder, 'lib', 'libtensorflow.so.2'),
      framework: join(folder, 'lib', 'libtensorflow_framework.so.2'),
    });
  });

  it('knows Python\'s package', () => {
    const folder = makeFolder('python', [HEADER, 'libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']);
    expect(findLibtensorflow(folder)).toMatchObject({ folder, library: join(folder, 'libtensorflow_cc.so.2') });
  });

  it.each([
    ['without headers', ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'], 'c_api.h'],
    ['without a library', [HEADER, 'libtensorflow_framework.so.2'], 'libtensorflow.so.2'],
    ['without its second library', [HEADER, 'lib/libtensorflow.so.2'], 'libtensorflow.so.2'],
  ])('refuses a folder %s', (name, files, missing) => {
    const find = (): unknown => findLibtensorflow(makeFolder(name, files));
    expect(find).toThrow(MissingFileError);
    expect(find).toThrow(missing);
  });
});

describe('findNodeHeaders', () => {
  it('takes the first folder that holds all that a build needs', () => {
    const incomplete = makeFolder('incomplete', ['include/node/node_api.h']);
    const complete = makeFolder('complete', ['include/node/node_api.h', 'include/node/common.gypi']);
    expect(findNodeHeaders([undefined, incomplete, complete, '/usr'])).toBe(complete);
    expect(findNodeHeaders([incomplete])).toBeUndefined();
  });
});
