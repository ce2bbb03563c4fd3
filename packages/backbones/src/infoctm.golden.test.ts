import { SeededGenerator } from '@xtm/numeric';
import { infoctm } from './infoctm';
import { publicModules } from './public-checkpoint';
import { testGoldenBackbone } from './testing/golden-backbone';
import { goldenBatch, goldenCorpus, goldenDictionary, goldenMatrix, goldenOptions } from './testing/golden-inputs';

testGoldenBackbone({
  file: 'backbone-infoctm.json',
  modules: publicModules.infoctm,
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
    return {
      backbone: infoctm.definition.create(resources, config.topics, options, new SeededGenerator(1)),
      batch: goldenBatch(golden),
    };
  },
});
