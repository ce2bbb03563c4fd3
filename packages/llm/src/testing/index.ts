export { ProtocolServer, type ProtocolServerOptions, type ReceivedCall } from './protocol-server';
export type { ChatRequest, EmbeddingsRequest } from './protocol-replies';
export { misbehaviours, type Misbehaviour } from './misbehaviour';
export {
  createRefinementAnswers,
  type HallucinationOptions,
  type RefinementAnswersOptions,
} from './refinement-answers';
export {
  readRefinementPrompt,
  writeRefinementReply,
  type PromptTopic,
  type RefinementPrompt,
} from './refinement-prompt';
