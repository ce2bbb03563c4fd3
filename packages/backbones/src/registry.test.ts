import { InvalidOptionError } from '@xtm/contracts';
import { backbones, findBackbone, findPreset, presets } from './index';

describe('registry', () => {
  it('finds every backbone by its own name', () => {
    expect([...backbones.keys()].slice(0, 4)).toEqual(['nmtm', 'infoctm', 'xtra', 'gloctm']);
    for (const [name, definition] of backbones) expect(findBackbone(name)).toBe(definition);
  });

  it('names the known backbones when asked for another', () => {
    expect(() => findBackbone('lda')).toThrow(InvalidOptionError);
    expect(() => findBackbone('lda')).toThrow(/nmtm, infoctm, xtra, gloctm/);
  });
});

describe('presets', () => {
  it.each([
    ['amazon-review', 50, 95, 15, 3, 300, 3],
    ['ec-news', 30, 80, 7, 4, 450, 3],
    ['rakuten-amazon', 50, 85, 5, 2, 450, 12],
  ])('%s has the weights of the papers', (name, mutualInformation, document, topic, kl, cka, neighbours) => {
    const { numTopics, batchSize, backbones: settings } = findPreset(name);
    expect({ numTopics, batchSize }).toEqual({ numTopics: 50, batchSize: 128 });
    expect(settings.nmtm.options).toMatchObject({ dictionaryShare: 0.8 });
    expect(settings.infoctm.options).toMatchObject({ mutualInformationWeight: mutualInformation, temperature: 0.2, similarityThreshold: 0.4 });
    expect(settings.xtra.options).toMatchObject({ documentContrastWeight: document, topicContrastWeight: topic, clusterContrastWeight: 10, temperature: 0.2 });
    expect(settings.gloctm.options).toMatchObject({ klWeight: kl, ckaWeight: cka, neighbours });
  });

  it('hold options that their backbones accept, and their training', () => {
    for (const preset of presets.values()) {
      for (const [name, { options, training }] of Object.entries(preset.backbones)) {
        const definition = findBackbone(name);
        expect(definition.resolveOptions(options)).toMatchObject(options);
        expect(training).toBe(definition.training);
      }
    }
  });

  it('are named when asked for another', () => expect(() => findPreset('wikipedia')).toThrow(/amazon-review, ec-news, rakuten-amazon/));
});
