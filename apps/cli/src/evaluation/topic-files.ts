import { basename } from 'node:path';
import { InvalidOptionError } from '@xtm/contracts';
import { findLanguage, parseLanguages } from '@xtm/data';
import type { TopicFile } from '@xtm/pipeline';

/** What a file's name says of its language: `cn` of `T15_cn.txt`. Codes of three letters look too much like other words. */
const LANGUAGE_ENDING = /(?:^|[_.])([a-z]{2}(?:-[a-z]+)*)\.\w+$/i;

/**
 * Files of other tools' topics with their languages: as `CODE=FILE` says, else as `--languages` says in their order,
 * else as the files' names end. Throws `InvalidOptionError`.
 */
export function topicFiles(texts: readonly string[], languages: string | undefined): TopicFile[] {
  const files = texts.map(splitTopicFile);
  const known = parseLanguages(languages ?? files.map(({ path, said }) => said ?? languageEnding(path)).join(','));
  if (known.length !== files.length) throw new InvalidOptionError('topics', texts, `there are ${files.length} files for ${known.length} languages`, { advice: 'Give one file a language.' });
  return files.map(({ path, said }, index) => {
    const language = known[languages === undefined || said === undefined ? index : findLanguage(known, said)];
    if (language === undefined) throw new InvalidOptionError('topics', said, `"${said}" is none of the languages ${languages}`);
    return { path, language };
  });
}

function splitTopicFile(text: string): { path: string; said?: string } {
  const at = text.indexOf('=');
  return at < 0 ? { path: text } : { path: text.slice(at + 1), said: text.slice(0, at) };
}

function languageEnding(path: string): string {
  const ending = LANGUAGE_ENDING.exec(basename(path))?.[1];
  if (ending === undefined) throw new InvalidOptionError('topics', path, `cannot tell the language of ${path}`, { advice: 'Say it: en=FILE, or --languages en,zh-Hans.' });
  return ending;
}
