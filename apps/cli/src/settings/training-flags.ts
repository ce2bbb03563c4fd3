import { Option, type Command } from 'commander';
import { addBackendFlags } from './backend-flags';
import { collectPair, parseNumber } from './parse-value';

/** Adds the flags that say what is trained on what, shared by the commands that train. */
export function addTrainingFlags(command: Command): Command {
  return addBackendFlags(command
    .option('--config <file>', 'settings in YAML or JSON, named like these flags in camelCase; flags win')
    .option('--dataset <folder>', 'dataset folder in the benchmark layout ("xtm prepare" makes one from texts)')
    .option('--languages <list>', 'two BCP-47 codes, each with its file suffix where that differs: en,zh-Hans:cn')
    .option('--dictionary <file>', 'translation pairs "word2 word1", one a line')
    .option('--match-stems', 'words of the dictionary, and refined words, also match words of the same stem (camera, cameras)')
    .option('--model <name>', 'nmtm, infoctm, xtra, gloctm, or a baseline: u-svd, svd-lr, mtanchor, mcta (default nmtm)')
    .option('--preset <name>', 'the papers\' settings for amazon-review, ec-news or rakuten-amazon')
    .option('--num-topics <number>', 'topics to find (default 50)', parseNumber('numTopics'))
    .option('--top-words <number>', 'words a topic and language in lists and metrics (default 15)', parseNumber('topWords'))
    .addOption(new Option('--word-ranking <how>', 'how topics\' words are ranked: by what they say of the topic, or as the papers do by the decoder\'s weights (default characteristic)').choices(['characteristic', 'weights']))
    .option('--epochs <number>', 'passes over the documents (default: by the number of documents)', parseNumber('epochs'))
    .option('--batch-size <number>', 'document pairs per step (default: by the number of documents)', parseNumber('batchSize'))
    .option('--learning-rate <number>', 'initial learning rate (default 0.002)', parseNumber('learningRate'))
    .option('--halve-every <epochs>', 'epochs after which the learning rate is halved (default: a third of them)', parseNumber('halveEvery'))
    .option('--clip-norm <number>', 'largest gradient norm (default: the model\'s)', parseNumber('clipNorm'))
    .option('--seed <number>', 'seed of all random draws (default 0)', parseNumber('seed'))
    .option('--model-option <name=value>', 'an option of the model itself; may be given several times', collectPair('modelOption'))
    .addOption(new Option('--clusters <source>', 'where clusters of documents come from, for xtra (default: the dataset if it has them, else the embedder)').choices(['dataset', 'embedder']))
    .addOption(new Option('--word-vectors <source>', 'where word vectors come from, for infoctm (the same default)').choices(['dataset', 'embedder']))
    .addOption(new Option('--classifiers <which>', 'classifiers to evaluate with (default both)').choices(['linear', 'rbf', 'both', 'none'])));
}
