import { SeededGenerator } from '@xtm/numeric';
import { nmtm } from './nmtm';
import { publicModules } from './public-checkpoint';
import { testGoldenBackbone } from './testing/golden-backbone';
import { goldenBatch, goldenCorpus, goldenDictionary, goldenOptions } from './testing/golden-inputs';

testGoldenBackbone({
  file: 'backbone-nmtm.json',
  modules: publicModules.nmtm,
  losses: { loss_en: ['elbo.en'], loss_cn: ['elbo.cn'] },
  create: (golden) => {
    const resources = { corpus: goldenCorpus(golden, 'trainBow'), dictionary: goldenDictionary(golden) };
    const options = { ...nmtm.definition.published, ...goldenOptions(golden), dictionaryShare: golden.config['lambda'] };
    return {
      backbone: nmtm.definition.create(resources, golden.config.topics, options, new SeededGenerator(1)),
      batch: goldenBatch(golden),
    };
  },
});
