/** Cuts a text into words, punctuation and spaces included; nothing is lost or changed. */
export interface Segmenter {
  readonly name: SegmenterName;
  segment(text: string): string[];
}

export const SEGMENTER_NAMES = ['intl', 'jieba', 'lindera', 'whitespace'] as const;

/** `intl`: Intl.Segmenter, any language; `jieba`: Chinese; `lindera`: Japanese; `whitespace`: texts that are cut already. */
export type SegmenterName = (typeof SEGMENTER_NAMES)[number];

/** `auto`: jieba for Chinese and lindera for Japanese where they are installed, else intl. */
export type SegmenterChoice = SegmenterName | 'auto';

export const SEGMENTER_CHOICES = ['auto', ...SEGMENTER_NAMES] as const;
