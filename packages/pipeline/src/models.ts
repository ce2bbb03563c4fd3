import { backbones } from '@xtm/backbones';
import { baselines } from '@xtm/baselines';
import { InvalidOptionError, type ModelChoice, type ModelDefinition, type OptionValues } from '@xtm/contracts';

/** Every model by its name: those that are trained by epochs first, then those that are fitted in one call. */
export const models: ReadonlyMap<string, ModelDefinition> = new Map<string, ModelDefinition>([...backbones, ...baselines]);

/** The model of that name. Throws `InvalidOptionError` with the known names. */
export function findModel(name: string): ModelDefinition {
  const found = models.get(name);
  if (found === undefined) throw new InvalidOptionError('model', name, `must be one of ${[...models.keys()].join(', ')}`);
  return found;
}

/** The model of that name with options, for names and options that come from a file. Throws `InvalidOptionError`. */
export function chooseModel(name: string, options: OptionValues = {}): ModelChoice {
  const definition = findModel(name);
  return { definition, options: definition.resolveOptions(options) };
}
