import { SeededGenerator } from '@xtm/numeric';
import { testGoldenBackbone } from '../testing/golden-backbone';
import { goldenBatch, goldenCorpus, goldenDictionary, goldenMatrix, goldenOptions } from '../testing/golden-inputs';
import { encoderModules } from '../testing/golden-state';
import { infoctm } from './infoctm';

testGoldenBackbone({
  file: 'backbone-infoctm.json',
  modules: {
    phi_en: 'topicWord.0',
    phi_cn: 'topicWord.1',
    decoder_bn_en: 'decoder.norm.0',
    decoder_bn_cn: 'decoder.norm.1',
    ...encoderModules('encoder_en.', 'encoder.0.'),
    ...encoderModules('encoder_cn.', 'encoder.1.'),
  },
  losses: { loss_en: ['elbo.en'], loss_cn: ['elbo.cn'], loss_TAMI: ['mutualInformation'] },
  create: (golden) => {
    const { config } = golden;
    const resources = {
      corpus: goldenCorpus(golden, 'bow'),
      dictionary: goldenDictionary(golden),
      wordVectors: [goldenMatrix(golden, 'wordVectors1'), goldenMatrix(golden, 'wordVectors2')],
    };
    const options = {
      ...goldenOptions(golden),
      mutualInformationWeight: config['miWeight'],
      temperature: config['temperature'],
      similarityThreshold: config['positiveThreshold'],
    };
    return { backbone: infoctm.create(resources, config.topics, options, new SeededGenerator(1)), batch: goldenBatch(golden) };
  },
});
