import { SeededGenerator } from '@xtm/numeric';
import { gloctm } from './gloctm';
import { publicModules } from './public-checkpoint';
import { testGoldenBackbone } from './testing/golden-backbone';
import { goldenBatch, goldenCorpus, goldenMatrix, goldenOptions } from './testing/golden-inputs';

testGoldenBackbone({
  file: 'backbone-gloctm.json',
  modules: publicModules.gloctm,
  losses: {
    loss_local_en: ['elbo.en'],
    loss_local_cn: ['elbo.cn'],
    loss_global: ['globalElbo.en', 'globalElbo.cn'],
    loss_kl_global_local: ['localGlobalKl'],
    loss_cka: ['cka'],
  },
  create: (golden) => {
    const { config } = golden;
    const resources = {
      corpus: goldenCorpus(golden, 'bow'),
      wordEmbeddings: [goldenMatrix(golden, 'wordVectors1'), goldenMatrix(golden, 'wordVectors2')],
      documentEmbeddings: [goldenMatrix(golden, 'documents1'), goldenMatrix(golden, 'documents2')],
    };
    const options = {
      ...goldenOptions(golden),
      globalHiddenUnits: config['globalUnits'],
      neighbours: config['neighbours'],
      klWeight: config['klWeight'],
      ckaWeight: config['ckaWeight'],
    };
    return {
      backbone: gloctm.definition.create(resources, config.topics, options, new SeededGenerator(1)),
      batch: goldenBatch(golden),
    };
  },
});
