import { z } from 'zod';
import { InvalidOptionError } from '@xtm/contracts';
import { readKeyFile, readKeyVariable } from './secrets';

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
  openai: {
    baseUrl: 'https://api.openai.com/v1',
    apiKeyVariable: 'OPENAI_API_KEY',
    tokenLimitField: 'max_completion_tokens',
    jsonSchema: true,
  },
  gemini: {
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    apiKeyVariable: 'GEMINI_API_KEY',
    tokenLimitField: 'max_tokens',
    jsonSchema: true,
  },
  openrouter: {
    baseUrl: 'https://openrouter.ai/api/v1',
    apiKeyVariable: 'OPENROUTER_API_KEY',
    tokenLimitField: 'max_tokens',
    jsonSchema: true,
  },
  nvidia: {
    baseUrl: 'https://integrate.api.nvidia.com/v1',
    apiKeyVariable: 'NVIDIA_API_KEY',
    tokenLimitField: 'max_tokens',
    jsonSchema: false,
  },
  ollama: { baseUrl: 'http://localhost:11434/v1', tokenLimitField: 'max_tokens', jsonSchema: true },
  vllm: { baseUrl: 'http://localhost:8000/v1', tokenLimitField: 'max_tokens', jsonSchema: true },
  llamacpp: { baseUrl: 'http://localhost:8080/v1', tokenLimitField: 'max_tokens', jsonSchema: true },
} as const satisfies Readonly<Record<string, EndpointPreset>>;

export type PresetName = keyof typeof endpointPresets;

export const presetNames = Object.keys(endpointPresets) as [PresetName, ...PresetName[]];

/** Fields of every model behind an endpoint; schemas of models are built upon them. */
export const endpointFields = {
  preset: z
    .enum(presetNames)
    .optional()
    .describe('a well-known service or server; what is given beside it takes precedence'),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('root of the API, up to and including /v1 where there is one'),
  /**
   * The key itself, for programs that have it in memory. Never write it down: `apiKeyVariable` and `apiKeyFile` say
   * where it is.
   */
  apiKey: z.string().min(1).optional(),
  apiKeyVariable: z.string().min(1).optional().describe('environment variable that holds the key'),
  apiKeyFile: z
    .string()
    .min(1)
    .optional()
    .describe('file that holds the key and nothing else, such as a mounted secret'),
  timeout: z
    .number()
    .int()
    .positive()
    .default(120_000)
    .describe('milliseconds that one attempt may take, body included'),
  retries: z
    .number()
    .int()
    .nonnegative()
    .default(6)
    .describe('further attempts after a failure that may pass'),
  retryDelay: z
    .number()
    .nonnegative()
    .default(1_000)
    .describe(
      'milliseconds before the first further attempt, doubled each time, unless the server says; default 1,000',
    ),
  longestDelay: z
    .number()
    .positive()
    .default(120_000)
    .describe(
      'longest wait between attempts in milliseconds; a server that asks for longer is given up; default 120,000',
    ),
  concurrency: z.number().int().positive().default(4).describe('requests under way at once'),
} as const;

/** Where a model is served and how patiently to ask it. */
export type EndpointOptions = z.input<z.ZodObject<typeof endpointFields>>;
export type ResolvedEndpointOptions = z.output<z.ZodObject<typeof endpointFields>>;

/** Address and key of an endpoint, presets and environment consulted. */
export interface EndpointAccess extends Omit<EndpointPreset, 'apiKeyVariable'> {
  readonly apiKey: string | undefined;
}

/**
 * Finds address and key. Throws `InvalidOptionError` when neither `baseUrl` nor `preset` is given, when the address
 * itself holds a password, or when there is no key where it should be, and `MissingFileError` without the key's file.
 */
export function resolveAccess(
  options: ResolvedEndpointOptions,
  environment: Readonly<Record<string, string | undefined>>,
): EndpointAccess {
  const preset: EndpointPreset | undefined = options.preset === undefined ? undefined : endpointPresets[options.preset];
  const baseUrl = options.baseUrl ?? preset?.baseUrl;
  if (baseUrl === undefined) {
    throw new InvalidOptionError('baseUrl', undefined, 'is needed unless a preset is given', {
      advice: `Give baseUrl or one of the presets ${presetNames.join(', ')}.`,
    });
  }
  const { username, password } = new URL(baseUrl);
  if (username !== '' || password !== '') {
    throw new InvalidOptionError('baseUrl', undefined, 'must not hold a user name or password', {
      advice: 'Put the key into an environment variable and name it with apiKeyVariable.',
    });
  }
  return {
    baseUrl,
    apiKey: findKey(options, preset, environment),
    tokenLimitField: preset?.tokenLimitField ?? 'max_tokens',
    jsonSchema: preset?.jsonSchema ?? true,
  };
}

/** What is said explicitly goes before the preset's variable. */
function findKey(
  { apiKey, apiKeyFile, apiKeyVariable }: ResolvedEndpointOptions,
  preset: EndpointPreset | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (apiKey !== undefined) return apiKey;
  if (apiKeyFile !== undefined) return readKeyFile(apiKeyFile);
  const variable = apiKeyVariable ?? preset?.apiKeyVariable;
  return variable === undefined ? undefined : readKeyVariable(variable, environment);
}
