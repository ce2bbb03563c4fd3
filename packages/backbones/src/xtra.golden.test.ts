import { SeededGenerator } from '@xtm/numeric';
import { publicModules } from './public-checkpoint';
import { relativeDifference } from './testing/closeness';
import { testGoldenBackbone } from './testing/golden-backbone';
import { type GoldenBackboneCase, readGoldenCase } from './testing/golden-case';
import { goldenBatch, goldenCorpus, goldenInput, goldenMatrix, goldenOptions } from './testing/golden-inputs';
import { type ResolvedXtraOptions, xtra, XtraBackbone, type XtraIngredients, xtraIngredients } from './xtra';

const FILE = 'backbone-xtra.json';

/** The batch's documents are not among the training documents from which prior and initial weights come. */
function goldenIngredients(golden: GoldenBackboneCase): XtraIngredients {
  const documentEmbeddings = [goldenMatrix(golden, 'documents1'), goldenMatrix(golden, 'documents2')];
  const clusters = ['cluster1', 'cluster2'].map((name) => Int32Array.from(goldenInput(golden, name).data));
  return { ...trainIngredients(golden), documentEmbeddings, clusters };
}

function trainIngredients(golden: GoldenBackboneCase): XtraIngredients {
  const corpus = goldenCorpus(golden, 'trainBow');
  const documentEmbeddings = corpus.languages.map(({ train }) => ({
    rows: train.rows.rows,
    columns: 0,
    data: new Float32Array(0),
  }));
  const clusters = ['trainCluster1', 'trainCluster2'].map((name) => Int32Array.from(goldenInput(golden, name).data));
  return xtraIngredients({ corpus, documentEmbeddings, clusters }, golden.config.topics);
}

testGoldenBackbone({
  file: FILE,
  modules: publicModules.xtra,
  losses: {
    loss_en: ['elbo.en'],
    loss_cn: ['elbo.cn'],
    loss_InfoNCE: ['documentContrast'],
    loss_beta: ['topicContrast'],
    loss_cluster: ['clusterContrast'],
  },
  create: (golden) => {
    const { config } = golden;
    const options = xtra.definition.resolveOptions({
      ...goldenOptions(golden),
      sharedUnits: config['sharedUnits'],
      topicWordUnits: config['betaProjection'],
      documentContrastWeight: config['infoNceWeight'],
      topicContrastWeight: config['betaWeight'],
      clusterContrastWeight: config['clusterWeight'],
      temperature: config['temperature'],
    });
    return {
      backbone: new XtraBackbone(goldenIngredients(golden), options as ResolvedXtraOptions, new SeededGenerator(1)),
      batch: goldenBatch(golden),
    };
  },
});

describe(`${FILE} before training`, () => {
  const golden = readGoldenCase(FILE);
  const { prior, initialTopicWords } = trainIngredients(golden);

  it('has the prior that follows from the sizes of the clusters', () => {
    expect(relativeDifference(prior.mean, goldenInput(golden, 'priorMean').data)).toBeLessThan(1e-5);
    expect(relativeDifference(prior.variance, goldenInput(golden, 'priorVariance').data)).toBeLessThan(1e-5);
  });

  it.each([0, 1])('has the initial topic-word weights of language %i that follow from the clusters', (language) => {
    expect(
      relativeDifference(initialTopicWords[language]!.data, goldenInput(golden, `initialBeta${language + 1}`).data),
    ).toBeLessThan(1e-5);
  });
});
