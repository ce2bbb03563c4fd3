import { SeededGenerator } from '@xtm/numeric';
import { publicModules } from '../public-checkpoint/public-modules';
import { testGoldenBackbone } from '../testing/golden-backbone';
import { goldenBatch, goldenCorpus, goldenDictionary, goldenOptions } from '../testing/golden-inputs';
import { nmtm } from './nmtm';

testGoldenBackbone({
  file: 'backbone-nmtm.json',
  modules: publicModules.nmtm,
  losses: { loss_en: ['elbo.en'], loss_cn: ['elbo.cn'] },
  create: (golden) => {
    const resources = { corpus: goldenCorpus(golden, 'trainBow'), dictionary: goldenDictionary(golden) };
    const options = { ...nmtm.published, ...goldenOptions(golden), dictionaryShare: golden.config['lambda'] };
    return { backbone: nmtm.create(resources, golden.config.topics, options, new SeededGenerator(1)), batch: goldenBatch(golden) };
  },
});
