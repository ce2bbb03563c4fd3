import type { RandomGenerator } from '@xtm/contracts';

const WORDS = [
  'price',
  'market',
  'camera',
  'good',
  'river',
  'music',
  'teacher',
  'market',
  '天气',
  '音乐',
  '学校',
  '商品',
  'ありがとう',
  'カメラ',
];

/** Texts of between `shortest` and `longest` words, lengths spread evenly on a logarithmic scale, as reviews are. */
export function sampleTexts(count: number, shortest: number, longest: number, generator: RandomGenerator): string[] {
  return Array.from({ length: count }, (_, index) => {
    const length = Math.round(shortest * (longest / shortest) ** generator.uniform());
    return [`${index}`, ...Array.from({ length: length - 1 }, () => WORDS[generator.integer(WORDS.length)]!)].join(
      ' ',
    );
  });
}
