import { createHash } from 'node:crypto';
import { DATA_ELEMENT, type ReportData } from '../contract/report-data';
import { escapeHtml } from './escape-html';
import { escapeJson } from './escape-json';

/** What is shown by the page, and what shows it. */
export interface PageParts {
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
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`;
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
