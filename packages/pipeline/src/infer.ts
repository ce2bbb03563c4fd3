export { openForInference, type OpenForInferenceOptions } from './inference/open-for-inference';
export { InferenceRun, type InferredDocument, type RunTopic } from './inference/inference-run';
