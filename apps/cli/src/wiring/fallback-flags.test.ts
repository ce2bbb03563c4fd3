import { parseRunSettings } from '../settings/run-settings';
import { fallbackFlags } from './fallback-flags';

describe('fallbackFlags', () => {
  const settings = parseRunSettings({ dataset: 'data/amazon', model: 'infoctm', backend: 'auto', classifiers: 'both', runsFolder: 'runs', embedder: 'aligned', refiner: 'none' });

  it('goes on with wasm in a folder of its own', () => {
    expect(fallbackFlags(settings, { name: 'tensorflow' })).toEqual({ backend: 'wasm', run: 'amazon-infoctm-wasm' });
    expect(fallbackFlags({ ...settings, run: 'mine' }, { name: 'tensorflow' })).toEqual({ backend: 'wasm', run: 'mine-wasm' });
  });

  it('leaves a backend alone that was asked for, and the last one', () => {
    expect(fallbackFlags({ ...settings, backend: 'tensorflow' }, { name: 'tensorflow' })).toBeUndefined();
    expect(fallbackFlags(settings, { name: 'wasm' })).toBeUndefined();
  });
});
