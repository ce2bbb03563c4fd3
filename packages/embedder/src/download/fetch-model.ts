import { parseOptions, type RunOptions } from '@xtm/contracts';
import { fetchFiles, resolveTransfer } from '@xtm/data';
import { join } from 'node:path';
import { findEncoder, repositoryOf } from '../catalogue/encoder-catalogue';
import { writeEncoderRecord } from '../catalogue/encoder-record';
import { modelsFolder } from '../catalogue/find-encoders';
import { FETCH_MODEL_ADVICE, type FetchModelOptions, fetchModelSchema } from './fetch-model-options';
import { listFiles } from './list-files';

/** Where a model is kept: a folder per repository under `folder`, or under `models` in the cache folder. */
export function modelFolder(model: string, folder = modelsFolder()): string {
  return join(folder, repositoryOf(model).replace('/', '--'));
}

/**
 * Fetches a model's ONNX export (a name of the catalogue, or any `OWNER/NAME`) and returns its folder, ready for
 * `openOnnxModel`: it says which model it is. Files that are there with the right checksum stay, graphs of other precisions too;
 * broken downloads go on where they stopped. Progress counts bytes and shows `bytesPerSecond` and `secondsLeft`. Throws
 * `InvalidOptionError`, `EndpointError` or `AbortedError`.
 */
export async function fetchModel(model: string, options: FetchModelOptions = {}, run: RunOptions = {}): Promise<string> {
  const { attempts, retryDelay, stallTimeout, ...own } = options;
  const resolved = parseOptions(fetchModelSchema, own);
  const transfer = resolveTransfer({ attempts, retryDelay, stallTimeout }, FETCH_MODEL_ADVICE, run);
  const folder = modelFolder(model, resolved.folder);
  const repository = repositoryOf(model);
  await fetchFiles(await listFiles(repository, resolved, transfer), folder, transfer, run);
  await writeEncoderRecord(folder, { model: findEncoder(model)?.name ?? model, repository, revision: resolved.revision });
  return folder;
}
