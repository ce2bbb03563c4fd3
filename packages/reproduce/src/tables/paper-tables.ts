import { InvalidOptionError } from '@xtm/contracts';
import { figure3 } from './figure-3';
import { overview } from './overview';
import type { PaperTable } from './paper-table';
import { table2 } from './table-2';
import { table3 } from './table-3';
import { table5 } from './table-5';
import { table9 } from './table-9';

/** Every table that can be reproduced. */
export const paperTables: readonly PaperTable[] = [table2, table3, table5, table9, figure3, overview];

/** The table of a name. Throws `InvalidOptionError`. */
export function findPaperTable(name: string): PaperTable {
  const found = paperTables.find((table) => table.name === name);
  if (found === undefined) throw new InvalidOptionError('table', name, `must be one of ${paperTables.map((table) => table.name).join(', ')}`);
  return found;
}
