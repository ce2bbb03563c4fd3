import { InvalidOptionError } from '@xtm/contracts';
import { readReferenceConfig, type ReferenceFilePair } from '@xtm/metrics';
import type { ReferenceSource } from '@xtm/pipeline';
import { splitAssignment } from '../settings/parse-value';

/** What a command line says of the comparable corpus. */
export interface ReferenceFlags {
  /** YAML list of file pairs. */
  readonly referenceConfig?: string;
  /** Files as `CODE=FILE`, the k-th of one language belonging to the k-th of the other. */
  readonly reference?: readonly string[];
  readonly saveReference?: string;
  readonly loadReference?: string;
}

/** The comparable corpus that the flags name, if they name one. Throws `InvalidOptionError`. */
export async function referenceSource({ referenceConfig, reference, saveReference, loadReference }: ReferenceFlags): Promise<ReferenceSource | undefined> {
  const given = [referenceConfig, reference, loadReference].filter((value) => value !== undefined);
  if (given.length > 1) throw new InvalidOptionError('reference', given, 'say it once', { advice: 'Give one of --reference-config, --reference and --load-reference.' });
  const saveTo = saveReference;
  if (referenceConfig !== undefined) return { files: await readReferenceConfig(referenceConfig), saveTo };
  if (reference !== undefined) return { ...pairReferenceFiles(reference), saveTo };
  if (saveTo !== undefined) throw new InvalidOptionError('saveReference', saveTo, 'there is nothing to save', { advice: 'Name files with --reference-config or --reference.' });
  return loadReference === undefined ? undefined : { savedCounts: loadReference };
}

function pairReferenceFiles(texts: readonly string[]): { languages: [string, string]; files: ReferenceFilePair[] } {
  const files = texts.map((text) => splitAssignment('reference', text));
  const [first, second, ...others] = new Set(files.map(([language]) => language));
  const ofLanguage = (language: string | undefined) => files.flatMap(([name, file]) => (name === language ? [file] : []));
  const [firsts, seconds] = [ofLanguage(first), ofLanguage(second)];
  if (first === undefined || second === undefined || others.length > 0 || firsts.length !== seconds.length) {
    throw new InvalidOptionError('reference', texts, 'needs as many files of one language as of one other', { advice: 'For example --reference en=wiki.en --reference zh=wiki.zh.' });
  }
  return { languages: [first, second], files: firsts.map((file, index) => [file, seconds[index]!] as const) };
}
