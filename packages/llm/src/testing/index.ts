export { ProtocolServer, type ProtocolServerOptions, type ReceivedCall } from './protocol-server';
export type { ChatRequest, EmbeddingsRequest } from './protocol-replies';
export { misbehaviours, type Misbehaviour } from './misbehaviour';
