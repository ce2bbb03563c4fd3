import { BackendError, BackendMissingError } from '@xtm/contracts';
import { importError } from './onnx-session';

it('a missing runtime is told with the command that adds it', () => {
  const missing = Object.assign(new Error("Cannot find package 'onnxruntime-node'"), { code: 'ERR_MODULE_NOT_FOUND' });
  const error = importError(missing);
  expect(error).toBeInstanceOf(BackendMissingError);
  expect(error.advice).toContain('npm install onnxruntime-node@');
});

it('a runtime that is there and does not load is another failure', () => {
  const other = Object.assign(new Error("Cannot find module '../bin/onnxruntime.node'"), { code: 'ERR_DLOPEN_FAILED' });
  expect(importError(other)).not.toBeInstanceOf(BackendMissingError);
  expect(importError(other)).toBeInstanceOf(BackendError);
});
