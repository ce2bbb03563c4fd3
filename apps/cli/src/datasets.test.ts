import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { publicDatasets } from '@xtm/data';
import { runCommand, runCommandWith } from './testing/run-command';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtm-datasets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('lists every benchmark, and that none is here', async () => {
  const { code, out } = await runCommandWith({ XTM_CACHE: folder }, 'datasets', 'list');
  expect(code).toBe(0);
  const lines = out.trimEnd().split('\n').slice(1);
  expect(lines).toHaveLength(publicDatasets.length);
  for (const [index, { name }] of publicDatasets.entries()) expect(lines[index]).toMatch(new RegExp(`^${name} .* no$`));
});

it.each([
  ['rakuten-amazon', ['github.com/BobXWu/InfoCTM', 'CC BY-NC 4.0', 'dict/MUSE/ja-en.txt', 'five stars']],
  ['wikicomp-2014', ['github.com/BobXWu/CNPMI', 'git clone', '--reference-config', 'wikicomp-2014_enzh.xml_1-20000_en.txt']],
])('tells what %s is and how to get it', async (name, facts) => {
  const { code, out } = await runCommand('datasets', 'info', name);
  expect(code).toBe(0);
  for (const fact of facts) expect(out).toContain(fact);
});

it('says which files are wrong, and fails', async () => {
  const { code, out, log } = await runCommand('datasets', 'verify', 'ec-news', '--folder', folder);
  expect(code).toBe(1);
  expect(out).toMatch(/ec-news: 0 of \d+ files are right/);
  expect(log).toContain(`missing: ${join(folder, 'ECNews', 'vocab_en')}`);
  expect(log).toContain('xtm datasets fetch ec-news');
});

it('refuses a mirror with other files, unknown names, and what has to be got by hand', async () => {
  const [{ files }] = publicDatasets as [typeof publicDatasets[number]];
  writeFileSync(join(folder, files[0]!.path.replace(/.*\//, '')), 'no');
  const baseUrl = pathToFileURL(folder).href;
  expect(await runCommand('datasets', 'fetch', 'ec-news', '--folder', join(folder, 'here'), '--base-url', baseUrl)).toMatchObject({ code: 1, log: expect.stringContaining('not found') as string });
  expect(await runCommand('datasets', 'fetch', 'news')).toMatchObject({ code: 2, log: expect.stringContaining('ec-news, amazon-review, rakuten-amazon') as string });
  expect(await runCommand('datasets', 'fetch', 'wikicomp-2014')).toMatchObject({ code: 2, log: expect.stringContaining('git clone') as string });
});
