import { InvalidOptionError } from '@xtm/contracts';
import { planSweep, type SweepPlan } from './run-sweep';
import type { SettingValue } from './grid';

/** Nothing is read of the dataset before the first run. */
function plan(model: string, name: string, ...values: SettingValue[]): Promise<SweepPlan> {
  const flags = { dataset: 'nowhere', runsFolder: 'runs', model };
  return planSweep({ name: 'trial', varied: [{ name, values }], flags });
}

describe('planSweep', () => {
  it('names the runs of a grid', async () => {
    const { runs } = await plan('xtra', 'embedders.aligned.dimensions', 8, 16);
    expect(runs.map(({ name }) => name)).toEqual([
      'embedders.aligned.dimensions-8_seed-0',
      'embedders.aligned.dimensions-16_seed-0',
    ]);
    expect(runs.map(({ resolved }) => resolved.settings.embedderOptions['dimensions'])).toEqual([8, 16]);
  });

  it('refuses wrong options of the embedder before the first run, by the run that has them', async () => {
    const wrong = plan('xtra', 'embedders.aligned.dimensions', 8, -1);
    await expect(wrong).rejects.toBeInstanceOf(InvalidOptionError);
    await expect(wrong).rejects.toThrow('(in the run embedders.aligned.dimensions--1_seed-0)');
    await expect(plan('xtra', 'embedders.aligned.dimension', 8)).rejects.toThrow('dimension: there is no such option');
    await expect(plan('nmtm', 'refiner', 'none', 'corpus')).resolves.toMatchObject({ runs: { length: 2 } });
  });

  it('leaves options alone of an embedder that no run opens', async () => {
    await expect(plan('nmtm', 'embedders.aligned.dimension', 8)).resolves.toMatchObject({ runs: { length: 1 } });
  });
});
