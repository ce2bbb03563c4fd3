import { layerSettings } from './layered-settings';

it('lets flags win over the file, the file over the preset, the preset over defaults', () => {
  const { values, sources } = layerSettings({
    flag: { seed: 3, epochs: undefined },
    file: { seed: 2, epochs: 40 },
    preset: { epochs: 230, numTopics: 50 },
    default: { numTopics: 20, batchSize: 128 },
  });
  expect(values).toEqual({ seed: 3, epochs: 40, numTopics: 50, batchSize: 128 });
  expect(sources).toEqual({ seed: 'flag', epochs: 'file', numTopics: 'preset', batchSize: 'default' });
});
