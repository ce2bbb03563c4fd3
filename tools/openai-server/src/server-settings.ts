import { InvalidOptionError } from '@xtm/contracts';
import { misbehaviours } from '@xtm/llm/testing';
import { parseArgs } from 'node:util';
import { z } from 'zod';

/** Misbehaviours that can be asked for by name, at their usual strength. */
export const misbehaviourNames = Object.keys(misbehaviours).filter(
  (name) => name !== 'throttledUntil' && name !== 'embeddedError',
) as Exclude<keyof typeof misbehaviours, 'throttledUntil' | 'embeddedError'>[];

const share = z.coerce.number().min(0).max(1);

const schema = z.strictObject({
  port: z.coerce.number().int().min(0).max(65_535).default(8_123),
  dataset: z.string().optional(),
  languages: z.string().optional(),
  dictionary: z.string().optional(),
  hallucinations: share.default(0),
  repeated: share.default(0),
  foreign: share.default(0),
  misbehave: z
    .array(z.templateLiteral([z.enum(misbehaviourNames), z.enum(['', '@']), z.union([z.number(), z.literal('')])]))
    .default([]),
  seed: z.coerce.number().int().nonnegative().default(0),
});

/** What the server was asked to do. */
export type ServerSettings = z.output<typeof schema>;

export const USAGE = `openai-server: an OpenAI-protocol server on this machine for development and tests

  --port N             default 8123; 0 takes a free one
  --dataset FOLDER     refine topics from this corpus; without, topics come back as they are
  --languages LIST     languages of the dataset, for example en,zh-Hans:cn; default what dataset.json says
  --dictionary FILE    dictionary of the dataset; default what dataset.json says
  --hallucinations S   share of words replaced by others of the vocabulary (needs --dataset); default 0
  --repeated S         share of those that come back call after call; default 0
  --foreign S          share of words replaced by words outside the vocabulary; default 0
  --misbehave NAME@S   a share S of calls goes wrong so (may be given several times); names:
                       ${misbehaviourNames.join(', ')}
  --seed N             default 0`;

/** Reads the command line. Throws `InvalidOptionError`. */
export function readServerSettings(argv: readonly string[]): ServerSettings | 'help' {
  const text = { type: 'string' } as const;
  const { values } = readArguments(argv, {
    port: text,
    dataset: text,
    languages: text,
    dictionary: text,
    hallucinations: text,
    repeated: text,
    foreign: text,
    seed: text,
    misbehave: { type: 'string', multiple: true },
    help: { type: 'boolean' },
  });
  const { help, ...settings } = values;
  if (help === true) return 'help';
  const parsed = schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new InvalidOptionError(`--${String(path[0])}`, settings, message);
}

function readArguments(
  argv: readonly string[],
  options: NonNullable<Parameters<typeof parseArgs>[0]>['options'] & object,
) {
  try {
    return parseArgs({ args: [...argv], options });
  } catch (error) {
    throw new InvalidOptionError('arguments', argv, error instanceof Error ? error.message : String(error));
  }
}
