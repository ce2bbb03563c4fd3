import { figure3, overview, paperTables, table2, table3, table9 } from './paper-tables';
import { parseRunName, planRuns } from './plan-runs';

describe('planRuns', () => {
  it('needs a phase 1 before every phase 2, each run once', () => {
    const plan = planRuns(table3, { seeds: 2 });
    expect(plan.map(({ name }) => name)).toEqual([
      'rakuten-amazon-nmtm-0',
      'rakuten-amazon-nmtm-1',
      ...['', '-without-doc-align', '-without-mmd', '-without-self-consistency', '-with-optimal-transport'].flatMap(
        (variant) => [`rakuten-amazon-nmtm-0-refined${variant}`, `rakuten-amazon-nmtm-1-refined${variant}`],
      ),
    ]);
    for (const { phaseOne, epochs } of plan.slice(2)) {
      expect(epochs).toBe(30);
      expect(plan.some(({ name }) => name === phaseOne)).toBe(true);
    }
  });

  it('asks a language model only where there is one, and says how often', () => {
    const withModel = planRuns(table2, { seeds: 1, datasets: ['ec-news'], languageModel: true });
    const asking = withModel.filter(({ calls }) => calls > 0);
    expect(asking.map(({ name, calls }) => [name, calls])).toEqual(
      ['xtra', 'infoctm', 'nmtm'].map((model) => [`ec-news-${model}-0-llm`, 15]),
    );
    expect(planRuns(table2, { seeds: 1, datasets: ['ec-news'] })).toHaveLength(withModel.length - 3);
    expect(
      planRuns(table9, { seeds: 1, languageModel: true, engine: 'llama-3.3-70b' }).map(({ name }) => name),
    ).toEqual(['amazon-review-nmtm-0', 'amazon-review-nmtm-0-llm-llama-3.3-70b']);
  });

  it('takes published epochs and seeds unless told otherwise', () => {
    const plan = planRuns(table2, { datasets: ['amazon-review'], epochs: { infoctm: 60 } });
    const epochsOf = (name: string): number | undefined => plan.find((run) => run.name === name)!.epochs;
    expect([
      epochsOf('amazon-review-nmtm-4'),
      epochsOf('amazon-review-infoctm-0'),
      epochsOf('amazon-review-xtra-0'),
      epochsOf('amazon-review-mcta-0'),
    ]).toEqual([230, 60, 800, undefined]);
    expect(
      plan.filter(({ method }) => method.model === 'gloctm' && method.suffix === '').map(({ seed }) => seed),
    ).toEqual([0, 48, 36, 23, 80]);
  });

  it('trains a model with clusters of its own apart from the one with the benchmark\'s', () => {
    const plan = planRuns(overview, { seeds: 1, datasets: ['ec-news'] }).filter(
      ({ method: { model, phaseTwo } }) => model === 'xtra' && phaseTwo === undefined,
    );
    expect(plan.map(({ name, method, phaseOne }) => [name, method.training, phaseOne])).toEqual([
      ['ec-news-xtra-0', undefined, undefined],
      ['ec-news-xtra-0-computed-clusters', { clusters: 'embedder' }, undefined],
    ]);
  });

  it('marks quick runs, which are few and short', () => {
    const [full, quick] = [planRuns(figure3), planRuns(figure3, { quick: true })];
    expect(quick.every(({ name }) => parseRunName(name)!.quick)).toBe(true);
    expect(quick.length * 5).toBe(full.length);
    const minutes = (plan: typeof full): number => plan.reduce((sum, run) => sum + run.minutes, 0);
    expect(minutes(quick)).toBeLessThan(minutes(full) / 5);
  });

  it.each(paperTables.map((table) => [table.name, table] as const))(
    'names every run of %s so that its name can be read',
    (_name, table) => {
      for (const { name, dataset, method, seed } of planRuns(table, { languageModel: true, seeds: 2 })) {
        expect(parseRunName(name)).toEqual({
          dataset: dataset.name,
          model: method.model,
          seed,
          quick: false,
          suffix: method.suffix,
        });
      }
    },
  );
});
