import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RunFolderError } from '@xtm/contracts';
import { figuresOf, type TopicEvaluation } from '@xtm/metrics';
import { hasEvaluation, readEvaluation, readRunConfig } from '@xtm/pipeline';
import { formatRunName, parseRunName, type RunName, suffixOf } from './plan-runs';

/** A finished run as far as tables need it. */
export interface RunResult extends RunName {
  readonly name: string;
  /** Epochs of phase 1; undefined for a baseline. */
  readonly epochs?: number;
  readonly embedder?: string;
  /** By the names of `figuresOf`. */
  readonly figures: ReadonlyMap<string, number>;
  /** Why measures were left out, by measure. */
  readonly omitted: ReadonlyMap<string, string>;
}

/**
 * The finished runs of a folder whose names say what they are; others are passed over. A folder that does not exist
 * has none.
 *
 * @throws RunFolderError for a run whose configuration is not what its name says
 */
export function readRunResults(folder: string): RunResult[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  return names.sort().flatMap((name) => {
    const said = parseRunName(name);
    return said !== undefined && hasEvaluation(join(folder, name))
      ? [readRunResult(join(folder, name), name, said)]
      : [];
  });
}

function readRunResult(path: string, name: string, said: RunName): RunResult {
  const { model, seed, epochs, embedder, ...rest } = readRunConfig(path).settings;
  const suffix = suffixOf(rest);
  if (model !== said.model || seed !== said.seed || !isVariant(said.suffix, suffix)) {
    throw new RunFolderError(path, 'its configuration is not what its name says', {
      advice: `Its name should begin with ${formatRunName({ ...said, model, seed: seed ?? said.seed, suffix })}.`,
    });
  }
  const evaluation = readEvaluation(path);
  return {
    ...said,
    name,
    epochs,
    embedder,
    figures: figuresByName(evaluation),
    omitted: new Map(evaluation.omitted.map(({ measure, reason }) => [measure, reason])),
  };
}

/** Whether a name's suffix is this one, or this one and something more where there is one. */
function isVariant(said: string, suffix: string): boolean {
  return said === suffix || (suffix !== '' && said.startsWith(`${suffix}-`));
}

function figuresByName(evaluation: TopicEvaluation): Map<string, number> {
  return new Map(
    figuresOf(evaluation)
      .filter(({ value }) => !Number.isNaN(value))
      .map(({ name, value }) => [name, value]),
  );
}
