import { SeededGenerator } from '@xtm/numeric';
import { testGoldenBackbone } from '../testing/golden-backbone';
import { goldenBatch, goldenCorpus, goldenDictionary, goldenOptions } from '../testing/golden-inputs';
import { encoderBodyModules } from '../testing/golden-state';
import { nmtm } from './nmtm';

testGoldenBackbone({
  file: 'backbone-nmtm.json',
  modules: {
    phi_en: 'topicWord.0',
    phi_cn: 'topicWord.1',
    decoder_bn_en: 'decoder.norm.0',
    decoder_bn_cn: 'decoder.norm.1',
    fc11_en: 'encoder.input.0',
    fc11_cn: 'encoder.input.1',
    ...encoderBodyModules('', 'encoder.'),
  },
  losses: { loss_en: ['elbo.en'], loss_cn: ['elbo.cn'] },
  create: (golden) => {
    const resources = { corpus: goldenCorpus(golden, 'trainBow'), dictionary: goldenDictionary(golden) };
    const options = { ...goldenOptions(golden), dictionaryShare: golden.config['lambda'] };
    return { backbone: nmtm.create(resources, golden.config.topics, options, new SeededGenerator(1)), batch: goldenBatch(golden) };
  },
});
