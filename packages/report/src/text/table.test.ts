import stringWidth from 'string-width';
import { cut, formatTable, formatWideTable, type GroupedColumn } from './table';

describe('formatTable', () => {
  const columns = [
    { title: 'topic', align: 'right' as const },
    { title: 'en', flexible: true },
    { title: 'zh', flexible: true },
  ];

  it('aligns double-width characters by what they occupy', () => {
    const lines = formatTable(columns, [['1', 'rain snow', '雨 雪'], ['2', 'film', '电影院 演员']], { width: 80 }).split('\n');
    const starts = lines.slice(1).map((line) => stringWidth(line.slice(0, line.search(/[雨电]/))));
    expect(new Set(starts).size).toBe(1);
  });

  it.each([40, 80, 200])('keeps every line within %i columns', (width) => {
    const words = Array.from({ length: 30 }, (_, i) => `word${i}`).join(' ');
    const hanzi = '电影 导演 演员 观众 音乐 专辑 歌手 乐队 演唱会 剧情 镜头 票房 配乐 主角 结局'.repeat(2);
    for (const line of formatTable(columns, [['12', words, hanzi]], { width: width }).split('\n')) {
      expect(stringWidth(line)).toBeLessThanOrEqual(width);
    }
  });
});

describe('untrusted text', () => {
  it('cannot steer the terminal', () => {
    const [, row] = formatTable([{ title: 'word' }], [['\u001b[31mred\u0007\n\u202Ex']], { width: 80 }).split('\n');
    expect(row).toBe('\uFFFD[31mred\uFFFD\uFFFD\uFFFDx');
  });
});

describe('cut', () => {
  it('never halves a character', () => {
    expect(cut('电影导演', 6)).toBe('电影…');
    expect(cut('film', 4)).toBe('film');
  });
});

describe('formatWideTable', () => {
  const columns: GroupedColumn[] = [
    { title: 'measure' },
    ...['one', 'two', 'three'].flatMap((title, group) => [
      { title, group },
      { title: 'p', group },
    ]),
  ];
  const rows = [['purity', '0.100', '0.5', '0.200', '0.6', '0.300', '0.7']];

  it('is one table where there is room', () => {
    expect(formatWideTable(columns, rows, { width: 80 }).split('\n')).toEqual([
      'measure  one    p    two    p    three  p',
      'purity   0.100  0.5  0.200  0.6  0.300  0.7',
    ]);
  });

  it.each([
    [31, ['purity   0.100  0.5  0.200  0.6', 'purity   0.300  0.7']],
    [30, ['purity   0.100  0.5', 'purity   0.200  0.6', 'purity   0.300  0.7']],
  ])('moves whole groups below at %i columns, with what they are of', (width, expected) => {
    const lines = formatWideTable(columns, rows, { width: width }).split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
    expect(lines.filter((line) => line.startsWith('purity'))).toEqual(expected);
  });

  it('gives a group that fits nowhere a table of its own', () => {
    expect(formatWideTable(columns, rows, { width: 10 }).split('\n\n')).toHaveLength(3);
  });
});
