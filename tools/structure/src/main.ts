import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { measurePackage, type PackageStructure } from './measure-package';

const HOMES = ['packages', 'apps', 'tools'];
const HEADINGS = ['package', 'files', 'lines', 'median', 'largest', '< 20', '> 400', 'small folders', 'circles'];

/** Files above this are too much for one reading. */
const LONG_FILE = 400;

function rowOf(name: string, { files, smallFolders, circles }: PackageStructure): (string | number)[] {
  const sizes = files.map(({ lines }) => lines).sort((a, b) => a - b);
  return [
    name,
    sizes.length,
    sizes.reduce((sum, size) => sum + size, 0),
    sizes[sizes.length >> 1] ?? 0,
    sizes.at(-1) ?? 0,
    sizes.filter((size) => size < 20).length,
    sizes.filter((size) => size > LONG_FILE).length,
    smallFolders.length,
    circles.length,
  ];
}

function details({ files, smallFolders, circles }: PackageStructure): string[] {
  const largest = [...files].sort((a, b) => b.lines - a.lines).slice(0, 5);
  return [
    ...largest.map(({ path, lines }) => `${lines} lines: ${path}`),
    ...smallFolders.map((folder) => `fewer than three files: ${folder}`),
    ...circles.map((circle) => `circle: ${circle.join(' → ')}`),
  ];
}

const chosen = process.argv.slice(2);
const folders =
  chosen.length > 0 ? chosen : HOMES.flatMap((home) => readdirSync(home).map((name) => join(home, name)));
const measured = folders
  .map((folder) => ({ folder, structure: measurePackage(join(folder, 'src')) }))
  .filter(({ structure }) => structure.files.length > 0);
const all: PackageStructure = {
  files: measured.flatMap(({ structure }) => structure.files),
  smallFolders: measured.flatMap(({ structure }) => structure.smallFolders),
  circles: measured.flatMap(({ structure }) => structure.circles),
};
const rows = [HEADINGS, ...measured.map(({ folder, structure }) => rowOf(folder, structure)), rowOf('all', all)];
for (const row of rows)
  console.log(
    row
      .map((cell, i) => (i === 0 ? String(cell).padEnd(26) : String(cell).padStart(HEADINGS[i]!.length + 2)))
      .join(''),
  );
if (chosen.length > 0) console.log(details(all).join('\n'));
