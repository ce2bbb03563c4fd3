import { findPublicDataset } from '@xtm/data';
import { findPaperTable, paperTables } from './paper-tables';

describe('paperTables', () => {
  it.each(paperTables.map((table) => [table.name, table] as const))(
    '%s has a number of the paper for each of its columns, and no method twice',
    (_name, { rows, columns, datasets }) => {
      for (const { paper } of rows) {
        for (const [dataset, values] of Object.entries(paper)) {
          expect(datasets).toContain(dataset);
          if (values !== undefined && values.length > 1)
            expect(values).toHaveLength(columns(findPublicDataset(dataset).languages[1]!.code).length);
        }
      }
      const methods = rows.map(({ method: { model, suffix } }) => model + suffix);
      expect(new Set(methods).size).toBe(methods.length);
    },
  );

  it('has the TQ that follows from CNPMI and TU, to the paper\'s rounding', () => {
    for (const name of ['table2', 'table9']) {
      for (const { paper } of findPaperTable(name).rows) {
        for (const [cnpmi, uniqueness, quality] of Object.values(paper).filter((values) => values?.length === 3) as [
          number,
          number,
          number,
        ][]) {
          expect(Math.abs(Math.max(0, cnpmi) * uniqueness - quality)).toBeLessThan(0.0016);
        }
      }
    }
  });

  it('is found by name', () => {
    expect(() => findPaperTable('table4')).toThrow('table2, table3, table5, table9, figure3');
  });
});
