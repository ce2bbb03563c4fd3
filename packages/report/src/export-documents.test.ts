import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { documentsAsCsv, exportDocuments } from './export-documents';
import { PlantedRuns } from './testing/planted-run';

const runs = new PlantedRuns();
afterAll(() => runs.remove());

it('documents are written with their topics, as CSV or Parquet by the name of the file', async () => {
  const { path, corpus } = await runs.write('exported');
  const [csv, parquet] = [join(path, 'documents.csv'), join(path, 'documents.parquet')];
  const sizes = corpus.languages.flatMap(({ train, test }) => [train, ...(test ? [test] : [])]);
  const total = sizes.reduce((sum, { rows }) => sum + rows.rows, 0);
  expect([await exportDocuments(path, csv), await exportDocuments(path, parquet)]).toEqual([total, total]);
  const lines = readFileSync(csv, 'utf8').trimEnd().split('\n');
  expect([...documentsAsCsv(path)].join('').trimEnd().split('\n')).toEqual(lines);
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(parquet) });
  expect(rows).toHaveLength(lines.length - 1);
  expect(Object.keys(rows[0]!)).toEqual(lines[0]!.split(','));
  const shares = Object.entries(rows[0]!).flatMap(([name, value]) => (name.startsWith('topic_') ? [Number(value)] : []));
  expect(shares).toHaveLength(4);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
});
