import { layerSettings } from './layers';

describe('layerSettings', () => {
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

  it('merges groups setting by setting, and leaves the layers as they were', () => {
    const preset = { modelOptions: { temperature: 0.2, klWeight: 3 } };
    const { values, sources } = layerSettings({ preset, flag: { modelOptions: { klWeight: 4 } } });
    expect(values).toEqual({ modelOptions: { temperature: 0.2, klWeight: 4 } });
    expect(sources).toEqual({ 'modelOptions.temperature': 'preset', 'modelOptions.klWeight': 'flag' });
    expect(preset).toEqual({ modelOptions: { temperature: 0.2, klWeight: 3 } });
  });
});
