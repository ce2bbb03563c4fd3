import { comparedTitle } from '@xtm/metrics';
import type { SweepResults } from '@xtm/pipeline';
import { escapeHtml } from '../render-page';
import { formatSweepFigure, formatWarned, hasWarnings, SWEEP_WARNED } from './sweep-words';

const STYLES = `
:root { color-scheme: light dark; --text: #222; --faint: #666; --line: #ddd; --page: #fff; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e6e6; --faint: #a0a0a0; --line: #444; --page: #181a1b; } }
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: var(--text); background: var(--page); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1.5rem; }
figure { margin: 0; break-inside: avoid; }
figcaption { font-weight: 600; }
svg { width: 100%; height: auto; }
svg text { fill: var(--faint); }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .75rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }`;

/**
 * A page that opens offline, holds no script at all and lets no request leave: a picture per figure, and the numbers.
 */
export async function sweepPage(results: SweepResults, figureNames: readonly string[]): Promise<string> {
  // The charts' library is large: only sweeps load it.
  const { sweepChart } = await import('./sweep-chart');
  const { name, varied, seeds } = results;
  const settings = varied.map((setting) => `${setting.name}: ${setting.values.join(', ')}`).join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escapeHtml(name)}: sweep</title>
<style>${STYLES}</style>
</head>
<body>
<h1>${escapeHtml(name)}</h1>
<p>${escapeHtml(settings)}; seeds: ${seeds.join(', ')}.${seeds.length > 1 ? ' Means over the seeds, whiskers of one ' +
  'standard deviation.' : ''}</p>
<div class="charts">
${figureNames.map((figure) => `<figure><figcaption>${escapeHtml(comparedTitle(figure))}</figcaption>${sweepChart(results, figure)}</figure>`).join('\n')}
</div>
<h2>Numbers</h2>
<div class="table">${table(results, figureNames)}</div>${hasWarnings(results) ? `
<p>${escapeHtml(SWEEP_WARNED)}.</p>` : ''}
</body>
</html>
`;
}

function table(results: SweepResults, figureNames: readonly string[]): string {
  const { varied, rows } = results;
  const warned = hasWarnings(results);
  const line = (tag: 'th' | 'td', cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  const settings = varied.map(({ name }) => name);
  const head = line('th', [...settings, ...(warned ? ['warned'] : []), ...figureNames.map(comparedTitle)]);
  const body = rows.map((row) =>
    line('td', [
      ...settings.map((name) => String(row.cell[name])),
      ...(warned ? [formatWarned(row)] : []),
      ...figureNames.map((figure) => formatSweepFigure(row.figures[figure])),
    ]),
  );
  return `<table><thead>${head}</thead><tbody>${body.join('')}</tbody></table>`;
}
