import { backbones, findBackbone } from '@xtm/backbones';
import { baselines } from '@xtm/baselines';
import { InvalidOptionError, type BackboneDefinition, type BackboneResources, type BaselineDefinition, type Corpus, type Embedder, type RunOptions, type TopicModel, type TopicRefiner } from '@xtm/contracts';
import type { Stemmer } from '@xtm/data';
import { checkTrainingOptions, fit, fitBaseline, refinementNeeds, resolveBaselineSettings, resolveRefinementSettings, resolveTrainingSettings, type ModelNeeds, type RecordedSettings, type RunFolder } from '@xtm/pipeline';
import type { RunSettings } from '../settings/run-settings';

/** What a model is fitted with, once the run has begun. */
export interface FittingParts {
  readonly resources: BackboneResources;
  readonly embedder?: Embedder;
  /** Phase 2, where it is wanted. */
  readonly refiner?: TopicRefiner;
  /** Stemmers, one a language, by which refined words are looked up. */
  readonly stems?: readonly (Stemmer | undefined)[];
  readonly folder: RunFolder;
}

/** The model that the settings name, with every default filled in. */
export interface ModelPlan {
  /** For people: epochs and refiner. */
  readonly summary: string;
  readonly numTopics: number;
  readonly topWords: number;
  readonly seed: number;
  /** Epochs of phase 1; 0 for a model without epochs. */
  readonly epochs: number;
  /** What the model and phase 2 ask for. */
  readonly needs: readonly ModelNeeds[];
  /** All that decides the result. */
  readonly resolved: RecordedSettings;
  fit(parts: FittingParts, run: RunOptions): Promise<TopicModel>;
}

/**
 * What the model that the settings name asks for, and phase 2 where there is one, before any data are read.
 *
 * @throws InvalidOptionError for an unknown model, and for settings that are wrong whatever the data
 */
export function needsOfModel({ model, modelOptions, training, refiner, refinement }: RunSettings): readonly ModelNeeds[] {
  const definition = baselines.get(model) ?? backbones.get(model);
  if (definition === undefined) throw unknownModel(model);
  definition.resolveOptions(modelOptions);
  if (backbones.has(model)) checkTrainingOptions(training);
  const phaseTwo = refiner === 'none' ? [] : [refinementNeeds(resolveRefinementSettings(refinement))];
  return [definition, ...phaseTwo];
}

function unknownModel(model: string): InvalidOptionError {
  return new InvalidOptionError('model', model, `must be one of ${[...backbones.keys(), ...baselines.keys()].join(', ')}`);
}

/** Throws `InvalidOptionError` for an unknown model and for settings that it does not have. */
export function chooseModel(settings: RunSettings, corpus: Corpus): ModelPlan {
  const baseline = baselines.get(settings.model);
  if (baseline !== undefined) return planBaseline(baseline, settings);
  if (backbones.has(settings.model)) return planBackbone(findBackbone(settings.model), settings, corpus);
  throw unknownModel(settings.model);
}

function planBackbone(definition: BackboneDefinition, settings: RunSettings, corpus: Corpus): ModelPlan {
  const training = resolveTrainingSettings(settings.training, definition, corpus);
  const modelOptions = definition.resolveOptions(settings.modelOptions);
  const refinement = settings.refiner === 'none' ? undefined : resolveRefinementSettings(settings.refinement);
  return {
    ...training,
    summary: refinement === undefined ? `${training.epochs} epochs` : `${training.epochs} + ${refinement.epochs} epochs, refined by ${settings.refiner}`,
    needs: needsOfModel(settings),
    resolved: {
      model: definition.name,
      ...training,
      modelOptions,
      ...(refinement && { refiner: settings.refiner, refinement, refinerOptions: settings.refinerOptions, llm: decisive(settings.llm) }),
    },
    fit: ({ resources, embedder, refiner, stems, folder }, run) => {
      const phaseTwo = refinement && refiner && embedder && { refiner, embedder, stems, options: refinement };
      return fit(resources, { backbone: definition, modelOptions, training, refinement: phaseTwo, folder, ...run });
    },
  };
}

function planBaseline(definition: BaselineDefinition, settings: RunSettings): ModelPlan {
  if (settings.refiner !== 'none') throw new InvalidOptionError('refiner', settings.refiner, `${definition.name} has no phase 2; it refines neural models only`);
  const training = resolveBaselineSettings(settings.training);
  const modelOptions = definition.resolveOptions(settings.modelOptions);
  return {
    ...training,
    epochs: 0,
    summary: 'fitted in one call',
    needs: needsOfModel(settings),
    resolved: { model: definition.name, ...training, modelOptions },
    fit: ({ resources, embedder }, run) => fitBaseline(resources, { baseline: definition, modelOptions, training, embedder, ...run }),
  };
}

/** What decides a language model's replies. Where it is served, at what price and with which key does not; a key is never written. */
function decisive({ model, jsonSchema, requestFields }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { model, jsonSchema, requestFields };
}
