import type { ProjectAnswers } from './project-answers';

/**
 * A commented YAML file that `xtm prepare` and `xtm run --config` read.
 *
 * @param steps commands that lead from the file to topics, in order
 * @param isSmall whether the texts are few, hundreds to a few thousand documents
 */
export function projectTemplate(answers: ProjectAnswers, steps: readonly string[], isSmall: boolean): string {
  return `# Settings of xtm for "${oneLine(answers.name)}". Paths are relative to this file; flags on the command line win.
# From here to topics:
${steps.map((step) => `#   ${step}`).join('\n')}

# How the dataset is made of the texts. "xtm prepare --help" tells more settings.
prepare:
  name: ${scalar(answers.name)}
  # One line on what the documents are. A language model that refines or rates topics is told it.
${optional('  description', answers.description, 'short reviews of films')}
  # BCP-47 codes, for example en, zh-Hans, ja, de.
  languages:
${answers.documents.map(({ language }) => `    - code: ${scalar(language)}`).join('\n')}
  # .csv, .tsv, .jsonl, .parquet, .txt (a document a line) or a folder of .txt. Columns that are not named here are kept
  # as metadata. A column "split" may say train or test; otherwise a share is held out at random.
  documents:
${answers.documents.map((source) => documentLines(source, answers)).join('\n')}
  # Translation pairs, one a line, the second language's word first. "xtm dictionary" fetches, makes and checks
  # one: see docs/dictionaries.md.
${optional('  dictionary', answers.dictionary, 'dictionary.txt')}
  testFraction: 0.2
  minDocumentFrequency: ${isSmall ? 2 : 3}
  # Words a language at most.
  vocabularySize: 5000

# Where "xtm prepare" writes the dataset, and "xtm run" reads it.
dataset: ${scalar(`data/${folderName(answers.name)}`)}
runsFolder: runs
run: ${scalar(folderName(answers.name))}

# xtra matches topics best across languages; nmtm is the quickest. See docs/models.md for all models.
model: xtra
# Vectors of documents and words, which xtra learns from: aligned (made of the corpus and its dictionary), or a
# multilingual encoder such as multilingual-e5-small or bge-m3, which needs no dictionary. See docs/embedders.md.
${embedderLines(answers.embedder)}
# About one topic for every few dozen documents; fewer topics are broader.
numTopics: ${answers.numTopics}
# Words per topic and language in lists and figures.
topWords: 15
# How long the model is trained, and in what steps, follows from the number of documents. To choose it yourself:
# epochs: 100
# batchSize: 64
# learningRate: 0.002
seed: 0
# linear, rbf, both or none; only corpora with labels are classified.
classifiers: linear

# Phase 2. none: topics as trained; corpus: refined from the corpus itself, offline; openai: by a language model.
refiner: ${answers.refiner}
${answers.refiner === 'none' ? '# refinement:' : 'refinement:'}
${answers.refiner === 'none' ? '# ' : ''}  epochs: 30
${answers.refiner === 'none' ? '# ' : ''}  refineEvery: 10
${llmLines(answers.refiner)}`;
}

function documentLines({ language, path }: ProjectAnswers['documents'][number], { textColumn, labelColumn }: ProjectAnswers): string {
  const columns = Object.entries({ text: textColumn, label: labelColumn }).filter(([, name]) => name !== undefined);
  return [
    `    - path: ${scalar(path)}`,
    `      language: ${scalar(language)}`,
    ...(columns.length === 0 ? [] : ['      columns:', ...columns.map(([meaning, name]) => `        ${meaning}: ${scalar(name!)}`)]),
  ].join('\n');
}

function llmLines(refiner: ProjectAnswers['refiner']): string {
  const lines = ['llm:', '  # openai, gemini, openrouter, nvidia, ollama, vllm or llamacpp; or a baseUrl. The key comes from the environment.', '  preset: ollama', '  model: qwen3', '  budget:', '    maxCalls: 200'];
  return `${lines.map((line) => (refiner === 'openai' ? line : `# ${line}`)).join('\n')}\n`;
}

function embedderLines({ name, options = {} }: ProjectAnswers['embedder']): string {
  const lines = Object.entries(options).map(([option, value]) => `  ${option}: ${JSON.stringify(value)}`);
  return [`embedder: ${name}`, ...(lines.length === 0 ? [] : ['embedderOptions:', ...lines])].join('\n');
}

/** A setting, or the same commented out with an example. */
function optional(name: string, value: string | undefined, example: string): string {
  return value === undefined ? `${name.replace(/\S/, '# $&')}: ${scalar(example)}` : `${name}: ${scalar(value)}`;
}

/** JSON's strings are YAML's. */
function scalar(text: string): string {
  return JSON.stringify(text);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** A name that any file system takes. */
function folderName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|-+$/g, '') || 'project';
}
