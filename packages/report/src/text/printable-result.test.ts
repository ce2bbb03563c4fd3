import { escapeLatex, latexTable } from './printable-result';

describe('latexTable', () => {
  it('aligns numbers right and ends every row', () => {
    expect(latexTable([{ title: 'measure' }, { title: 'a & b', align: 'right' }], [['purity', '0.5 ± 0.1']])).toBe(
      [
        '\\begin{tabular}{lr}',
        '\\toprule',
        'measure & a \\& b \\\\',
        '\\midrule',
        'purity & 0.5 $\\pm$ 0.1 \\\\',
        '\\bottomrule',
        '\\end{tabular}',
      ].join('\n'),
    );
  });

  it.each([
    ['run_1 50% #2 {x} $', 'run\\_1 50\\% \\#2 \\{x\\} \\$'],
    ['a\\b~c^d', 'a\\textbackslash{}b\\textasciitilde{}c\\textasciicircum{}d'],
    ['-0.1, run-1', '$-$0.1, run-1'],
  ])('sets %s literally', (text, expected) => {
    expect(escapeLatex(text)).toBe(expected);
  });
});
