import { dirname, relative, resolve } from 'node:path';
import { isSmallProject, type Project, type ProjectDocuments } from './project';

/** What the JSON Schema of settings is called beside a settings file, whose first line names it for editors. */
export const SCHEMA_FILE = 'xtm.schema.json';

/**
 * The settings file of a new project: commented YAML, with every path relative to the file.
 *
 * @param file where it will be written
 * @param steps commands that lead from the file to topics, in order; they stand at its top
 */
export function projectFile(project: Project, file: string, steps: readonly string[]): string {
  const place = (path: string): string => relative(dirname(resolve(file)), resolve(path)).replaceAll('\\', '/');
  const { name, description, documents, refiner, numTopics } = project;
  const isSmall = isSmallProject(documents);
  return `# yaml-language-server: $schema=./${SCHEMA_FILE}
# Settings of xtm for "${oneLine(name)}". Paths are relative to this file; flags on the command line win.
# From here to topics:
${steps.map((step) => `#   ${step}`).join('\n')}

# How the dataset is made of the texts. "xtm prepare --help" tells more settings.
prepare:
  name: ${scalar(name)}
  # One line on what the documents are. A language model that refines or rates topics is told it.
${optional('  description', description, 'short reviews of films')}
  # BCP-47 codes, for example en, zh-Hans, ja, de.
  languages:
${documents.map(({ language }) => `    - code: ${scalar(language)}`).join('\n')}
  # .csv, .tsv, .jsonl, .parquet, .txt (one document per line) or a folder of .txt. Columns that are not named here are
  # kept as metadata. A column "split" may say train or test; otherwise a share is held out at random.
  documents:
${documents.map((source) => documentLines({ ...source, path: place(source.path) }, project)).join('\n')}
  # Translation pairs, one per line, the second language's word first. "xtm dictionary" fetches, makes and checks
  # one: see docs/dictionaries.md.
  dictionary: ${scalar(place(project.dictionary))}
  testFraction: 0.2
  minDocumentFrequency: ${isSmall ? 2 : 3}
  # Words per language at most.
  vocabularySize: 5000

# Where "xtm prepare" writes the dataset, and "xtm run" reads it.
dataset: ${scalar(`data/${folderName(name)}`)}
runsFolder: runs
run: ${scalar(folderName(name))}

# xtra matches topics best across languages; nmtm is the quickest. See docs/models.md for all models.
model: xtra
# Vectors of documents and words, which xtra learns from: aligned (made of the corpus and its dictionary), or a
# multilingual encoder such as multilingual-e5-small or bge-m3, which needs no dictionary. See docs/embedders.md.
${embedderLines(project, place)}
# About one topic for every few dozen documents; fewer topics are broader.
numTopics: ${numTopics}
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
refiner: ${refiner}
${commentedUnless(refiner !== 'none', ['refineEpochs: 30', 'refineEvery: 10'])}
# openai, gemini, openrouter, nvidia, ollama, vllm or llamacpp; or llmBaseUrl. The key comes from the environment.
${commentedUnless(refiner === 'openai', ['llmPreset: ollama', 'llmModel: qwen3', 'maxCalls: 200'])}
`;
}

function documentLines({ language, path }: ProjectDocuments, { textColumn, labelColumn }: Project): string {
  const columns = Object.entries({ text: textColumn, label: labelColumn }).filter(([, name]) => name !== undefined);
  return [
    `    - path: ${scalar(path)}`,
    `      language: ${scalar(language)}`,
    ...(columns.length === 0 ? [] : ['      columns:']),
    ...columns.map(([meaning, name]) => `        ${meaning}: ${scalar(name!)}`),
  ].join('\n');
}

function embedderLines({ embedder: { name, options = {} } }: Project, place: (path: string) => string): string {
  const lines = Object.entries(options).map(([option, value]) => {
    const written = option === 'folder' && typeof value === 'string' ? place(value) : value;
    return `    ${option}: ${JSON.stringify(written)}`;
  });
  return [`embedder: ${name}`, ...(lines.length === 0 ? [] : ['embedders:', `  ${name}:`, ...lines])].join('\n');
}

/** A setting, or the same commented out with an example. */
function optional(name: string, value: string | undefined, example: string): string {
  return value === undefined ? `${name.replace(/\S/, '# $&')}: ${scalar(example)}` : `${name}: ${scalar(value)}`;
}

function commentedUnless(holds: boolean, lines: readonly string[]): string {
  return lines.map((line) => (holds ? line : `# ${line}`)).join('\n');
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
