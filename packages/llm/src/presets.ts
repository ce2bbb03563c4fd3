/** How to reach a well-known service or server. */
export interface EndpointPreset {
  readonly baseUrl: string;
  /** Environment variable that holds the key; servers on one's own machine need none. */
  readonly apiKeyVariable?: string;
  /** Name of the field that limits a reply's tokens. */
  readonly tokenLimitField: 'max_tokens' | 'max_completion_tokens';
  /** Whether replies can be bound to a JSON schema. */
  readonly jsonSchema: boolean;
}

/** Services and servers that speak the OpenAI protocol, by the name that the option `preset` takes. */
export const endpointPresets = {
  openai: { baseUrl: 'https://api.openai.com/v1', apiKeyVariable: 'OPENAI_API_KEY', tokenLimitField: 'max_completion_tokens', jsonSchema: true },
  gemini: { baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai', apiKeyVariable: 'GEMINI_API_KEY', tokenLimitField: 'max_tokens', jsonSchema: true },
  openrouter: { baseUrl: 'https://openrouter.ai/api/v1', apiKeyVariable: 'OPENROUTER_API_KEY', tokenLimitField: 'max_tokens', jsonSchema: true },
  nvidia: { baseUrl: 'https://integrate.api.nvidia.com/v1', apiKeyVariable: 'NVIDIA_API_KEY', tokenLimitField: 'max_tokens', jsonSchema: false },
  ollama: { baseUrl: 'http://localhost:11434/v1', tokenLimitField: 'max_tokens', jsonSchema: true },
  vllm: { baseUrl: 'http://localhost:8000/v1', tokenLimitField: 'max_tokens', jsonSchema: true },
  llamacpp: { baseUrl: 'http://localhost:8080/v1', tokenLimitField: 'max_tokens', jsonSchema: true },
} as const satisfies Readonly<Record<string, EndpointPreset>>;

export type PresetName = keyof typeof endpointPresets;

export const presetNames = Object.keys(endpointPresets) as [PresetName, ...PresetName[]];
