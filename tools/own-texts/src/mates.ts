import { readDocuments, vectorize } from '@xtm/data';
import { findBackbone } from '@xtm/backbones';
import { InvalidOptionError, type DenseMatrix, type SparseRows } from '@xtm/contracts';
import { mateRetrieval } from '@xtm/metrics';
import { loadNeuralTopicModel, readRunPreprocessing } from '@xtm/pipeline';

/** Texts of the same ids in two languages, in the same order, one list per language. */
export interface Mates {
  readonly ids: readonly string[];
  readonly texts: readonly (readonly string[])[];
}

/**
 * Reads documents that two languages share; texts of the same id are joined.
 *
 * @param files one per language, in the languages' order, each with ids
 */
export async function readMates(files: readonly string[]): Promise<Mates> {
  const languages = await Promise.all(files.map(async (path) => {
    const texts = new Map<string, string[]>();
    for (const { id, text } of await readDocuments({ path })) {
      if (id === undefined) throw new InvalidOptionError('mates', path, 'has documents without an id');
      texts.set(id, [...(texts.get(id) ?? []), text]);
    }
    return texts;
  }));
  const ids = [...languages[0]!.keys()].filter((id) => languages.every((texts) => texts.has(id))).sort();
  return { ids, texts: languages.map((texts) => ids.map((id) => texts.get(id)!.join(' '))) };
}

/** Reciprocal rank of mates, with each language as the one that asks. */
export interface MateRanks {
  readonly byProportions: readonly [number, number];
  readonly byMeans: readonly [number, number];
}

/** Infers the mates' topics by a run's model and looks each up among the other language's. */
export async function rankMates(run: string, { texts }: Mates): Promise<MateRanks> {
  const model = loadNeuralTopicModel(run, findBackbone);
  try {
    const { languages } = await readRunPreprocessing(run);
    const rows: SparseRows[] = [];
    for (const [index, list] of texts.entries())
      rows.push(await vectorize(list, languages[index]!, model.vocabularies[index]!));
    const inferred = [await model.transform(rows[0]!, 0), await model.transform(rows[1]!, 1)] as const;
    return {
      byProportions: reciprocalRanks(inferred[0].proportions, inferred[1].proportions),
      byMeans: reciprocalRanks(inferred[0].means!, inferred[1].means!),
    };
  } finally {
    model.dispose();
  }
}

export function reciprocalRanks(first: DenseMatrix, second: DenseMatrix): [number, number] {
  return [mateRetrieval(first, second).reciprocalRank, mateRetrieval(second, first).reciprocalRank];
}
