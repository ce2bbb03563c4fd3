import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { smallCorpus } from '../testing/small-corpus';

/** Words as a language model writes them: letters alone. */
function plainWord(word: string): string {
  return word.replace(/_/g, '').replace(/\d/g, (digit) => 'qwertyuiop'[Number(digit)]!);
}

/** The small corpus as raw texts, a CSV a language, and a dictionary; returns what `xtm prepare` needs to hear. */
export async function writeRawCorpus(folder: string): Promise<string[]> {
  const { languages, dictionary } = smallCorpus();
  const words = languages.map(({ vocabulary }) => vocabulary.map(plainWord));
  const flags: string[] = [];
  for (const [index, { language, train: { rows, labels } }] of languages.entries()) {
    const file = join(folder, `${language.suffix}.csv`);
    const lines = Array.from({ length: rows.rows }, (_, row) => {
      const positions = Array.from(rows.indices.subarray(rows.indptr[row], rows.indptr[row + 1]), (word, i) =>
        Array<string>(rows.values[rows.indptr[row]! + i]!).fill(words[index]![word]!),
      );
      return `${positions.flat().join(' ')},${labels![row]}`;
    });
    await writeFile(file, `text,label\n${lines.join('\n')}\n`);
    flags.push('--documents', `${language.code}=${file}`);
  }
  const pairs = Array.from(
    dictionary!.first,
    (word, pair) => `${words[1]![dictionary!.second[pair]!]} ${words[0]![word]}`,
  );
  await writeFile(join(folder, 'dictionary.txt'), `${pairs.join('\n')}\n`);
  return [
    ...flags,
    '--languages',
    languages.map(({ language }) => `${language.code}:${language.suffix}`).join(','),
    '--dictionary',
    join(folder, 'dictionary.txt'),
    '--segmenter',
    'whitespace',
    '--no-stop-words',
    '--min-document-frequency',
    '1',
    '--max-document-frequency',
    '1',
  ];
}
