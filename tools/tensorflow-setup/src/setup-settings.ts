import { parseArgs } from 'node:util';
import { z } from 'zod';
import { InvalidOptionError } from '@xtm/contracts';

const schema = z.strictObject({
  gpu: z.boolean().default(false),
  build: z.boolean().default(false),
  libtensorflow: z.string().min(1).optional(),
  tensorflow: z.string().regex(/^2\.\d+\.\d+$/, 'must be a version such as 2.21.0').default('2.21.0'),
});

/** What is to be set up. */
export type SetupSettings = z.output<typeof schema>;

export const USAGE = `setup:tensorflow: installs TensorFlow's native binding for Node, which --backend tensorflow needs

  npm run setup:tensorflow -- [flags]

  --gpu                 the binding for NVIDIA cards, with the CUDA libraries it needs
  --build               build it from source, also where the published one could be downloaded
  --libtensorflow DIR   build against this libtensorflow: the folder of TensorFlow's C library, or of Python's tensorflow
  --tensorflow VERSION  build against Python's tensorflow of this version, taken from PyPI; default 2.21.0

Without flags the published binding is downloaded; where its host cannot be reached it is built. Building needs Linux,
Python 3 with pip, make and a C++ compiler. TensorFlow (1.1 GB, with --gpu 6 GB) is kept in xtm's cache folder.`;

/** Reads the command line. Throws `InvalidOptionError`. */
export function readSetupSettings(argv: readonly string[]): SetupSettings | 'help' {
  const { help, ...flags } = readArguments(argv);
  if (help === true) return 'help';
  const parsed = schema.safeParse(flags);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new InvalidOptionError(`--${String(path[0])}`, flags, message);
}

function readArguments(argv: readonly string[]) {
  const [flag, text] = [{ type: 'boolean' }, { type: 'string' }] as const;
  try {
    return parseArgs({
      args: [...argv],
      options: { gpu: flag, build: flag, libtensorflow: text, tensorflow: text, help: flag },
    }).values;
  } catch (error) {
    throw new InvalidOptionError('arguments', argv, error instanceof Error ? error.message : String(error));
  }
}
