import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { InvalidOptionError } from '@xtm/contracts';
import { primarySubtag } from '../dataset/languages';

/** Cuts a text into words, punctuation and spaces included; nothing is lost or changed. */
interface Segmenter {
  readonly name: SegmenterName;
  segment(text: string): string[];
}

const SEGMENTER_NAMES = ['intl', 'jieba', 'lindera', 'whitespace'] as const;

/**
 * `intl`: Intl.Segmenter, any language; `jieba`: Chinese; `lindera`: Japanese; `whitespace`: texts that are cut
 * already.
 */
export type SegmenterName = (typeof SEGMENTER_NAMES)[number];

/** `auto`: jieba for Chinese and lindera for Japanese where they are installed, else intl. */
export type SegmenterChoice = SegmenterName | 'auto';

export const SEGMENTER_CHOICES = ['auto', ...SEGMENTER_NAMES] as const;

/** Languages whose dictionary segmenters cut better than Intl.Segmenter. */
const BEST_SEGMENTERS: Readonly<Record<string, SegmenterName>> = { zh: 'jieba', ja: 'lindera' };

/** The segmenter that suits a language best, installed or not. */
export function bestSegmenter(code: string): SegmenterName {
  return BEST_SEGMENTERS[primarySubtag(code)] ?? 'intl';
}

/** The segmenter that a choice comes to on this machine. */
export function resolveSegmenter(code: string, choice: SegmenterChoice): SegmenterName {
  if (choice !== 'auto') return choice;
  const best = bestSegmenter(code);
  return isSegmenterInstalled(best) ? best : 'intl';
}

/**
 * Loads the segmenter of a language.
 *
 * @param code BCP-47.
 * @throws InvalidOptionError if it is named and not installed.
 */
export async function loadSegmenter(code: string, choice: SegmenterChoice): Promise<Segmenter> {
  const name = resolveSegmenter(code, choice);
  if (!isSegmenterInstalled(name)) {
    throw new InvalidOptionError('segmenter', name, 'is not installed', {
      advice: `Run: npm install ${segmenterPackage(name)}`,
    });
  }
  const optional = loadOptionalSegmenter(name);
  if (optional !== undefined) return optional;
  return name === 'whitespace' ? whitespaceSegmenter() : intlSegmenter(code);
}

function whitespaceSegmenter(): Segmenter {
  return { name: 'whitespace', segment: (text) => text.split(/\s+/) };
}

function intlSegmenter(code: string): Segmenter {
  const segmenter = new Intl.Segmenter(code, { granularity: 'word' });
  return { name: 'intl', segment: (text) => Array.from(segmenter.segment(text), ({ segment }) => segment) };
}

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
function loadOptionalSegmenter(name: SegmenterName): Promise<Segmenter> | undefined {
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
