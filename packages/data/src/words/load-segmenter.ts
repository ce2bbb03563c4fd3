import { InvalidOptionError } from '@xtm/contracts';
import { primarySubtag } from '../dataset/parse-languages';
import { isSegmenterInstalled, loadOptionalSegmenter, segmenterPackage } from './optional-segmenters';
import type { Segmenter, SegmenterChoice, SegmenterName } from './segmenter';

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
    throw new InvalidOptionError('segmenter', name, 'is not installed', { advice: `Run: npm install ${segmenterPackage(name)}` });
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
