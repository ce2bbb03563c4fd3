import { InvalidOptionError, parseOptions } from '@xtm/contracts';
import { z } from 'zod';
import { batchPrompt } from './prompts/batch-prompt';
import { jsonPrompt } from './prompts/json-prompt';
import { perTopicPrompt } from './prompts/per-topic-prompt';
import type { PromptStyle } from './prompts/prompt-style';
import { templatePrompt } from './prompts/template-prompt';

const promptStyles = { batch: batchPrompt, 'per-topic': perTopicPrompt, json: jsonPrompt } as const satisfies Readonly<Record<string, PromptStyle>>;

/** Names of the built-in ways of asking. */
export const promptStyleNames = Object.keys(promptStyles) as [keyof typeof promptStyles, ...(keyof typeof promptStyles)[]];

const schema = z.strictObject({
  /** Way of asking. Default `batch`. */
  style: z.enum(promptStyleNames).optional(),
  /** A prompt in one's own words in place of `style`; see `templatePrompt` for its placeholders. */
  template: z.string().min(1).optional(),
  /** Default 0.7. */
  temperature: z.number().min(0).max(2).default(0.7),
  /** Default 0.7. */
  topP: z.number().gt(0).max(1).default(0.7),
  /** Longest reply in tokens. Default: 1,024 in the style `per-topic`, else what the endpoint allows. */
  maxTokens: z.number().int().positive().optional(),
  /** How often a topic is asked about until a reply can be read. Default 3. */
  attempts: z.number().int().positive().default(3),
});

/** How a chat model is asked to refine topics. */
export type ChatRefinerOptions = z.input<typeof schema>;

export interface ResolvedChatRefinerOptions {
  readonly style: PromptStyle;
  readonly temperature: number;
  readonly topP: number;
  readonly maxTokens: number | undefined;
  readonly attempts: number;
}

/** Fills in defaults. Throws `InvalidOptionError`. */
export function resolveChatRefinerOptions(options: ChatRefinerOptions): ResolvedChatRefinerOptions {
  const { style, template, maxTokens, ...rest } = parseOptions(schema, options);
  if (style !== undefined && template !== undefined) throw new InvalidOptionError('template', template, 'takes the place of style; give one of them');
  const resolved = template === undefined ? promptStyles[style ?? 'batch'] : templatePrompt(template);
  return { ...rest, style: resolved, maxTokens: maxTokens ?? resolved.maxTokens };
}
