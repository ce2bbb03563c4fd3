import { bestSegmenter, isSegmenterInstalled, loadSegmenter, resolveSegmenter, segmenterPackage } from './segmenter';

describe('segmenters', () => {
  it('are chosen by language', () => {
    expect(['zh-Hant', 'cn', 'ja-JP', 'jp', 'ko', 'en'].map(bestSegmenter)).toEqual([
      'jieba',
      'jieba',
      'lindera',
      'lindera',
      'intl',
      'intl',
    ]);
    expect(resolveSegmenter('zh', 'whitespace')).toBe('whitespace');
  });

  it('say which package they need', () => {
    expect([segmenterPackage('jieba'), segmenterPackage('intl')]).toEqual(['@node-rs/jieba', undefined]);
    expect(isSegmenterInstalled('intl')).toBe(true);
  });

  it.each([
    ['zh', 'jieba'],
    ['zh', 'intl'],
    ['ja', 'lindera'],
    ['en', 'intl'],
  ] as const)('lose nothing of a text (%s, %s)', async (code, name) => {
    const text = '早高峰，iPhone 15は 3.5元! Ａ';
    expect((await loadSegmenter(code, name)).segment(text).join('')).toBe(text);
  });
});
