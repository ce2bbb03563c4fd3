export { executeRun, type RunInput, type RunSummary } from './run/execute-run';
export { makeRunConfig, type RunFacts, type RunRecord } from './run/make-run-config';
export { type AnchorEdits, editAnchors } from './run/edit-anchors';
export { adoptPhaseOne, phaseOneOfFolder, type PhaseOneEnd } from './run/phase-one-end';
export { evaluateRun, type EvaluateRunOptions } from './run/evaluate-run';
export { fit, type FitOptions, type Refinement } from './fit';
export {
  resolveRefinementSettings,
  type RefinementOptions,
  type RefinementSettings,
} from './refinement/refinement-settings';
export type { RefinementComponents } from './refinement/refinement-phase';
export {
  type TrainingOptions,
  type TrainingSettings,
  checkTrainingOptions,
  resolveBaselineSettings,
  resolveTrainingSettings,
  type BaselineSettings,
} from './training/training-settings';
export { fitBaseline, type FitBaselineOptions } from './fit-baseline';
export { supplyResources, type ResourceSources } from './resources/supply-resources';
export { embedDataset, type EmbedDatasetOptions, type WrittenEmbeddings } from './resources/embed-dataset';
export { checkLanguageLinks } from './resources/language-links';
export { checkPromisedResources, checkResources, refinementNeeds, type ModelNeeds } from './resources/check-resources';
export type { EpochFigures } from './training/epoch-figures';
export { evaluateModel } from './evaluation/evaluate-model';
export { findReference, type NamedReference, parseTopicFiles } from './evaluation/evaluation-inputs';
export {
  type EvaluationModels,
  type NamedEvaluationModels,
  openEvaluationModels,
} from './evaluation/evaluation-models';
export { evaluateTopicFiles, type TopicFile, type TopicFilesOptions } from './evaluation/evaluate-topic-files';
export {
  type ClassifierName,
  type EvaluationOptions,
  CLASSIFIER_CHOICES,
  type ClassifierChoice,
} from './evaluation/evaluation-options';
export type { ReferenceSource } from './evaluation/open-reference';
export { knowsEmbeddings, placeByEmbeddings } from './model/place-by-embeddings';
export { NeuralTopicModel } from './model/neural-topic-model';
export { assembleNeuralTopicModel, type NeuralModelParts } from './model/complete-model';
export { loadNeuralTopicModel, renormaliseModel, savedModelOptions } from './model/saved-model';
export { rankingScores, topWords, type RankedWords } from './model/word-ranking';
export { writeResults } from './run/write-results';
export { applyTopicEdits, shownProportions, shownTopicWord, type ShownTopic } from './topic-edits/shown-topics';
export { changeTopicEdits, type TopicChanges } from './topic-edits/change-topic-edits';
export {
  readRunDocuments,
  readShownTopics,
  type DescribedTopic,
  type DescribedTopics,
  type RunDocuments,
  type RunDocumentSet,
} from './topic-edits/edited-run';
export { rankTopics, readTopicShares, type RankedTopics, type TopicShares } from './topic-edits/topic-figures';
export { compareRuns, type ComparedMethod, type CompareRunsOptions, type RunComparison } from './compare-runs';
export { RunFolder } from './run-folder/run-folder';
export {
  ChangedSettingsError,
  corpusFingerprint,
  readRunConfig,
  settleRunConfig,
  writeRunConfig,
  type RecordedDataset,
  type RecordedSettings,
  type RunConfig,
  type SettingDifference,
} from './run-folder/config';
export {
  readRunEvents,
  type EditedEvent,
  type EpochEvent,
  type EventLog,
  type FinishedEvent,
  type RefinementEvent,
  type RunEvent,
  type StartedEvent,
  type TopicsEditedEvent,
  type WarningEvent,
} from './run-folder/events';
export { readRefinementRounds, type RoundLog, type RoundRecord } from './run-folder/refinements';
export {
  readRunTopics,
  readTopicWeights,
  readTopicWord,
  type RunTopics,
  type WeightedWord,
} from './run-folder/topics';
export { readDocumentTopics, type DocumentFacts } from './run-folder/documents';
export { editTopics, readTopicEdits, type TopicEdits } from './run-folder/topic-edits';
export { hasEvaluation, isFinishedRun, readEvaluation, writeEvaluation } from './run-folder/metrics';
export { readRunPreprocessing, readRunVocabulary } from './run-folder/vocabulary';
export type { NeuralModelFacts } from './run-folder/model-file';
export { writeAtomically } from '@xtm/data';
export { induceOwnWords, type InducedOwnWords, type InduceOwnWordsOptions } from './dictionary/induce-own-words';
export type { OwnWords, OwnWordsDictionary, OwnWordsOptions } from './dictionary/own-words';
export {
  estimateOwnWords,
  type TranslatedOwnWords,
  translateOwnWords,
  type TranslateOwnWordsOptions,
  type TranslationEstimate,
} from './dictionary/translate-own-words';
export { parseDocuments, prepareProject, type PreparedProject, type ProjectToPrepare } from './project/prepare-project';
export { createProject, type CreatedProject } from './project/create-project';
export { proposeNumTopics } from './project/propose-project';
export { pastablePath, shortPath } from './project/shown-paths';
export {
  projectRefiners,
  type KnownProject,
  type Project,
  type ProjectDocuments,
  type ProjectEmbedder,
  type ProjectRefiner,
  type ProjectStep,
} from './project/project';
export { inspectInstallation, type InstallationFinding } from './installation';
export { train } from './train/train';
export { openRun, type OpenRunOptions } from './train/open-run';
export { trainInWorker, type TrainInWorkerOptions } from './train/train-in-worker';
export type { DatasetPlace, WorkerTrainOptions } from './train/worker-messages';
export { TopicRun, type RunDocument } from './train/topic-run';
export { InferenceRun, type InferredDocument, type RunTopic } from './inference/inference-run';
export type {
  CallOptions,
  PhaseTwo,
  RefineOptions,
  SourceChoices,
  TrainingPlan,
  TrainOptions,
} from './train/train-options';
export { chooseModel, findModel, models } from './models';
export { estimateSpending } from './settings/estimate-spending';
export { settingsJsonSchema, type JsonSchema } from './settings/json-schema';
export { refuseKeys } from './settings/keys';
export { layerSettings, type SettingLayer, type SettingSource } from './settings/layers';
export {
  endpointOptions,
  resolveSettings,
  runPath,
  type ResolvedSettings,
  type RunSettings,
  type SettingLayers,
} from './settings/resolve-settings';
export { readSettingsFile, type SettingsFile } from './settings/settings-file';
export {
  describeDefault,
  findSetting,
  flagOf,
  innermostSchema,
  optionGroups,
  settings,
  type OptionGroup,
  type Setting,
  type SettingSection,
} from './settings/table';
export {
  checkSettings,
  loadSettingsDataset,
  trainWithSettings,
  type SettingsRunOptions,
} from './settings/train-with-settings';
export type { GridCell, SettingValue, VariedSetting } from './sweep/grid';
export {
  mainFigures,
  sortSweep,
  type CellFigure,
  type SweepResults,
  type SweepRow,
} from './sweep/results';
export {
  planSweep,
  runSweep,
  type PlannedSweepRun,
  type Sweep,
  type SweepOptions,
  type SweepOutcome,
  type SweepPlan,
} from './sweep/run-sweep';
export { readEarlierRun, type EarlierRun } from './settings/earlier-run';
export { importCheckpoint } from './settings/import-checkpoint';
export { evaluateRunFolder, type EvaluateRunFolderOptions } from './run/evaluate-run-folder';
export { loadRunCorpus, type MovedPaths, type RunCorpusOptions } from './run/run-corpus';
export { settingsMarkdown } from './settings/settings-tables';
