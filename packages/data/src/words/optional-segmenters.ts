import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Segmenter, SegmenterName } from './segmenter';

const require = createRequire(import.meta.url);

/** A segmenter that users may or may not have installed. */
interface OptionalSegmenter {
  /** npm package that supplies it. */
  readonly packageName: string;
  load(packageName: string): Promise<Segmenter>;
}

interface JiebaPackage {
  readonly Jieba: { withDict(dictionary: Uint8Array): { cut(text: string, newWords: boolean): string[] } };
}

interface LinderaPackage {
  initSync(input: { readonly module: Uint8Array }): unknown;
  readonly TokenizerBuilder: new () => {
    setDictionary(uri: string): void;
    setMode(mode: string): void;
    build(): { tokenize(text: string): ReadonlyMap<string, unknown>[] };
  };
}

const OPTIONAL_SEGMENTERS: Readonly<Partial<Record<SegmenterName, OptionalSegmenter>>> = {
  jieba: { packageName: '@node-rs/jieba', load: loadJieba },
  lindera: { packageName: 'lindera-wasm-ipadic', load: loadLindera },
};

/** The package behind a segmenter; `undefined` for those that are always there. */
export function segmenterPackage(name: SegmenterName): string | undefined {
  return OPTIONAL_SEGMENTERS[name]?.packageName;
}

/** Whether a segmenter can be used here. */
export function isSegmenterInstalled(name: SegmenterName): boolean {
  const packageName = segmenterPackage(name);
  if (packageName === undefined) return true;
  try {
    require.resolve(packageName);
    return true;
  } catch {
    return false;
  }
}

/** Loads a segmenter of an optional package; `undefined` if the segmenter needs none. */
export function loadOptionalSegmenter(name: SegmenterName): Promise<Segmenter> | undefined {
  const optional = OPTIONAL_SEGMENTERS[name];
  return optional?.load(optional.packageName);
}

async function loadJieba(packageName: string): Promise<Segmenter> {
  const { Jieba } = require(packageName) as JiebaPackage;
  const { dict } = require(`${packageName}/dict`) as { readonly dict: Uint8Array };
  const jieba = Jieba.withDict(dict);
  return { name: 'jieba', segment: (text) => jieba.cut(text, true) };
}

async function loadLindera(packageName: string): Promise<Segmenter> {
  const lindera = (await import(packageName)) as LinderaPackage;
  lindera.initSync({ module: await readFile(require.resolve(`${packageName}/lindera_wasm_bg.wasm`)) });
  const builder = new lindera.TokenizerBuilder();
  builder.setDictionary('embedded://ipadic');
  builder.setMode('normal');
  const tokenizer = builder.build();
  return { name: 'lindera', segment: (text) => tokenizer.tokenize(text).map((token) => String(token.get('text'))) };
}
