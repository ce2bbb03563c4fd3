import { InvalidOptionError } from '@xtm/contracts';
import { z } from 'zod';
import { endpointPresets, presetNames, type EndpointPreset } from './presets';

/** Fields of every model behind an endpoint; schemas of models are built upon them. */
export const endpointFields = {
  /** A well-known service or server; what is given beside it takes precedence. */
  preset: z.enum(presetNames).optional(),
  /** Root of the API, up to and including `/v1` where there is one. */
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** The key itself. Better: `apiKeyVariable`. */
  apiKey: z.string().min(1).optional(),
  /** Environment variable that holds the key. */
  apiKeyVariable: z.string().min(1).optional(),
  /** Milliseconds that one attempt may take, body included. Default 120,000. */
  timeout: z.number().int().positive().default(120_000),
  /** Further attempts after a failure that may pass. Default 6. */
  retries: z.number().int().nonnegative().default(6),
  /** Milliseconds before the first further attempt, doubled each time, unless the server says. Default 1,000. */
  retryDelay: z.number().nonnegative().default(1_000),
  /** Longest wait between attempts in milliseconds; a server that asks for longer is given up. Default 120,000. */
  longestDelay: z.number().positive().default(120_000),
  /** Requests under way at once. Default 4. */
  concurrency: z.number().int().positive().default(4),
} as const;

/** Where a model is served and how patiently to ask it. */
export type EndpointOptions = z.input<z.ZodObject<typeof endpointFields>>;
export type ResolvedEndpointOptions = z.output<z.ZodObject<typeof endpointFields>>;

/** Address and key of an endpoint, presets and environment consulted. */
export interface EndpointAccess extends Omit<EndpointPreset, 'apiKeyVariable'> {
  readonly apiKey: string | undefined;
}

/**
 * Finds address and key. Throws `InvalidOptionError` when neither `baseUrl` nor `preset` is given, or when the
 * variable that should hold the key is empty.
 */
export function resolveAccess(options: ResolvedEndpointOptions, environment: Readonly<Record<string, string | undefined>>): EndpointAccess {
  const preset: EndpointPreset | undefined = options.preset === undefined ? undefined : endpointPresets[options.preset];
  const baseUrl = options.baseUrl ?? preset?.baseUrl;
  if (baseUrl === undefined) {
    throw new InvalidOptionError('baseUrl', undefined, 'is needed unless a preset is given', { advice: `Give baseUrl or one of the presets ${presetNames.join(', ')}.` });
  }
  const variable = options.apiKeyVariable ?? preset?.apiKeyVariable;
  return {
    baseUrl,
    apiKey: options.apiKey ?? readKey(variable, environment),
    tokenLimitField: preset?.tokenLimitField ?? 'max_tokens',
    jsonSchema: preset?.jsonSchema ?? true,
  };
}

function readKey(variable: string | undefined, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  if (variable === undefined) return undefined;
  const key = environment[variable]?.trim();
  if (!key) throw new InvalidOptionError('apiKeyVariable', variable, `the environment variable ${variable} holds no key`, { advice: `Set ${variable}, or name another variable.` });
  return key;
}
