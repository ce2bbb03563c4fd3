import { sweepPage } from './sweep-page';
import type { SweepResults } from '@xtm/pipeline';

const HOSTILE = '<img src=x onerror="alert(1)">';

it('shows names and values as text, whatever they hold', async () => {
  const results: SweepResults = {
    name: HOSTILE,
    varied: [{ name: 'embedder', values: [HOSTILE, 'aligned'] }, { name: 'numTopics', values: [HOSTILE, 20] }],
    seeds: [1, 2],
    figureNames: ['npmi'],
    rows: [{ cell: { embedder: HOSTILE, numTopics: HOSTILE }, figures: { npmi: { mean: 0.5, deviation: 0.1, runs: 2 } }, runs: 2, warned: 1 }, { cell: { embedder: 'aligned', numTopics: 20 }, figures: {}, runs: 1, warned: 0 }],
  };
  const page = await sweepPage(results, ['npmi']);
  expect(page).not.toContain('<img');
  expect(page).toContain('&lt;img src=x');
  expect(page).toContain('0.500 ± 0.100');
  expect(page).toContain('<td>1 of 2</td>');
});
