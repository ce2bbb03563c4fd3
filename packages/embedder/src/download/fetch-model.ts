import { parseOptions, type RunOptions } from '@xtm/contracts';
import { fetchFiles, resolveTransfer } from '@xtm/data';
import { cacheFolder } from '@xtm/llm';
import { join } from 'node:path';
import { FETCH_MODEL_ADVICE, type FetchModelOptions, fetchModelSchema } from './fetch-model-options';
import { listFiles } from './list-files';
import { findModel } from './model-catalogue';

/** Where a model is kept: a folder per repository under `folder`, or under `models` in the cache folder. */
export function modelFolder(model: string, folder = join(cacheFolder(), 'models')): string {
  return join(folder, findModel(model).repository.replace('/', '--'));
}

/**
 * Fetches a model's ONNX export (`bge-m3`, or any `OWNER/NAME`) and returns its folder, ready for `openOnnxModel`. Files that are
 * there with the right checksum stay; broken downloads go on where they stopped. Progress counts bytes and shows
 * `bytesPerSecond` and `secondsLeft`. Throws `InvalidOptionError`, `EndpointError` or `AbortedError`.
 */
export async function fetchModel(model: string, options: FetchModelOptions = {}, run: RunOptions = {}): Promise<string> {
  const { attempts, retryDelay, stallTimeout, ...own } = options;
  const resolved = parseOptions(fetchModelSchema, own);
  const transfer = resolveTransfer({ attempts, retryDelay, stallTimeout }, FETCH_MODEL_ADVICE, run);
  const folder = modelFolder(model, resolved.folder);
  await fetchFiles(await listFiles(findModel(model), resolved, transfer), folder, transfer, run);
  return folder;
}
