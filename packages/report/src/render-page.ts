import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MissingFileError } from '@xtm/contracts';
import { DATA_ELEMENT, type ReportData } from './contract/comparison-data';

/** What is shown by the page, and what shows it. */
interface PageParts {
  readonly title: string;
  readonly data: ReportData;
  /** The page's own script and styles. */
  readonly script: string;
  readonly styles: string;
}

/**
 * One page with everything in it. Its policy lets no request leave, and no script run but its own, which it knows by
 * its hash.
 */
export function renderPage({ title, data, script, styles }: PageParts): string {
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; ` +
    `base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="xtm">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${styles}</style>
</head>
<body>
<noscript>This page needs JavaScript; it makes no requests.</noscript>
<div id="page"></div>
<script type="application/json" id="${DATA_ELEMENT}">${escapeJson(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** The page's script and styles, which the package's build makes. Throws `MissingFileError` before that. */
export function readPageAssets(): { readonly script: string; readonly styles: string } {
  return { script: readAsset('main.js').trim(), styles: readAsset('main.css') };
}

/** The path is the same from `src` and from `dist`. */
function readAsset(name: string): string {
  const path = fileURLToPath(new URL(`../dist/page/${name}`, import.meta.url));
  if (!existsSync(path))
    throw new MissingFileError(path, 'writing a report', {
      advice: 'In a checkout of xtm: npm run bundle. Elsewhere: install @xtm/report again.',
    });
  return readFileSync(path, 'utf8');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

const UNSAFE = /[<>&\u2028\u2029]/g;

/** JSON that cannot end the script element that holds it, nor begin a comment or another element in it. */
function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
