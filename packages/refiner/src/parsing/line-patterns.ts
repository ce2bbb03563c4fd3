import type { Language } from '@xtm/contracts';
import { labelOf, languageAliases, languageName } from '../language-labels';

/** A line that begins a topic. */
interface TopicHeader {
  readonly number: number;
  readonly theme: string | undefined;
}

/** A line that names a language, with what follows its label. */
interface LabelledLine {
  readonly languageIndex: number;
  readonly rest: string;
  /** Whether the line is the language's name and nothing else, so that it may be a word as well. */
  readonly bare: boolean;
}

const TOPIC_WORDS = 'topics?|主题|主題|话题|話題|トピック|テーマ|토픽|주제|tema|thema|thème|sujet|tópico|тема|chủ đề';
const HEADER_START = new RegExp(
  `^[\\[("'<]*(?:(?:refined|updated|improved|final|target|new)\\s+)?(?:第\\s*(\\d{1,5})\\s*(?:个|個|の)?\\s*(?:${TOPIC_WORDS})|(?:${TOPIC_WORDS})\\s*(?:#|no\\.?|number|id|index|<)?\\s*[:#]?\\s*(\\d{1,5}))\\s*[>\\])"']*`,
  'iu',
);
const THEME_LINE =
  /^[["']*(?:main |shared |common |brief |topic )?(?:theme|title|name|label|主题|主題|テーマ|主旨)\s*[\]"']*\s*[:=]\s*(.+)$/iu;
const BARE_NUMBER = /^(?:#\s*)?(\d{1,5})\s*[:.)-]\s*(\S.*)?$/u;
const ONLY_MARKS = /^[\s\d.)*>#•-]*$/;
const LONGEST_THEME = 120;
const MOST_WORDS_WITHOUT_MARK = 6;

/** Recognises the lines of replies about topics in given languages. */
export class LinePatterns {
  private readonly aliases: ReadonlyMap<string, number>;
  private readonly label: RegExp;
  private readonly bareLabel: RegExp;
  private readonly bracketedLabel: RegExp;
  private readonly inlineMark: RegExp;

  constructor(languages: readonly Language[]) {
    this.aliases = languageAliases(languages);
    const alternatives = [...this.aliases.keys()]
      .sort((one, other) => other.length - one.length)
      .map(escapePattern)
      .join('|');
    const suffix = '(?:\\s*(?:topic\\s+)?(?:words?|keywords?|terms?)|\\s*(?:词语?|詞語?|单词|關鍵詞|关键词|単語|キーワード))?';
    const count = '(?:\\s*[([]\\s*\\d+[^)\\]]*[)\\]])?';
    const head = `^[\\[("'<]*(?:words?\\s+in\\s+)?(${alternatives})${suffix}\\s*[\\])"'>]*${count}\\s*`;
    this.label = new RegExp(`${head}(?:[:=|]|-+>?\\s|-+>|→)\\s*`, 'iu');
    this.bareLabel = new RegExp(`${head}$`, 'iu');
    this.bracketedLabel = new RegExp(`^[([](${alternatives})${suffix}[)\\]]\\s*`, 'iu');
    this.inlineMark = inlineMarkPattern(languages);
  }

  /** The line cut before labels and headers that stand inside it. */
  splitLine(line: string): string[] {
    const folded = foldLine(line);
    const cuts = [...folded.matchAll(this.inlineMark)]
      .map(({ index }) => index)
      .filter((index) => !ONLY_MARKS.test(line.slice(0, index)));
    return [0, ...cuts].map((start, position, starts) =>
      line.slice(start, starts[position + 1]).replace(/[\s|/／;；]+$/u, ''),
    );
  }

  labelledLine(line: string): LabelledLine | undefined {
    const folded = foldLine(line);
    const match = this.label.exec(folded) ?? this.bareLabel.exec(folded) ?? this.bracketedLabel.exec(folded);
    if (match === null) return undefined;
    return {
      languageIndex: this.aliases.get(match[1]!.toLowerCase())!,
      rest: line.slice(match[0].length).trim(),
      bare: match[0].trim().length === match[1]!.length && match[0].length === folded.length,
    };
  }

  topicHeader(line: string): TopicHeader | undefined {
    const folded = foldLine(line);
    const match = HEADER_START.exec(folded);
    if (match === null) return undefined;
    const rest = folded.slice(match[0].length);
    if ((/^[\p{L}\d]/u.test(rest) && !/[>\])]$/.test(match[0])) || (/^\s+\p{L}/u.test(rest) && !isShortTitle(rest)))
      return undefined;
    return { number: Number(match[1] ?? match[2]), theme: themeOf(line.slice(match[0].length)) };
  }

  /** A line such as `3. Sports`, which is a header only where a language's line follows. */
  numberedTitle(line: string): TopicHeader | undefined {
    const match = BARE_NUMBER.exec(foldLine(line));
    return match === null
      ? undefined
      : { number: Number(match[1]), theme: match[2] === undefined ? undefined : themeOf(match[2]) };
  }

  themeLine(line: string): string | undefined {
    const match = THEME_LINE.exec(foldLine(line));
    return match === null ? undefined : themeOf(line.slice(line.length - match[1]!.length));
  }

  /** The language that a JSON member or a table column is named after. */
  languageNamed(name: string): number | undefined {
    const folded = foldLine(name).toLowerCase().trim();
    const bare = folded
      .replace(/(?:^|[\s_-])(?:refined|top|topic|key)?(?:words?|terms?|keywords|list)(?=$|[\s_-])/g, '')
      .replace(/^[\s_-]+|[\s_-]+$/g, '');
    return this.aliases.get(bare) ?? this.aliases.get(folded);
  }
}

/** Labels and headers in the middle of a line count only as prompts write them, lest a word be taken for one. */
function inlineMarkPattern(languages: readonly Language[]): RegExp {
  const labels = languages
    .flatMap((language) => [labelOf(language), languageName(language)])
    .map(escapePattern)
    .join('|');
  return new RegExp(`(?<=[\\s|/;,.)])(?:\\*\\*)?(?:(?:${labels})(?:\\*\\*)?\\s*:|Topic\\s+\\d{1,5}\\s*:)`, 'gu');
}

function isShortTitle(rest: string): boolean {
  return rest.trim().split(/\s+/).length <= MOST_WORDS_WITHOUT_MARK && !/[.!?,;]$/.test(rest.trim());
}

/** A theme without marks around it; `undefined` when nothing is left. */
export function themeOf(text: string): string | undefined {
  const unmarked = text
    .trim()
    .replace(/^[\s:：.)）\]】>\-–—|,，"'“”「」*]+|[\s"'“”「」*|:：,，]+$/gu, '')
    .replace(/^(?:theme|主题|主題|テーマ)\s*[:：]\s*/iu, '');
  const unwrapped = unmarked
    .replace(/^[([（【<]\s*(.*?)\s*[)\]）】>]?$/u, '$1')
    .replace(/\s+/g, ' ')
    .slice(0, LONGEST_THEME)
    .trim();
  return unwrapped === '' ? undefined : unwrapped;
}

/**
 * A line of the same length in which full-width letters, digits and punctuation and all kinds of dashes are plain, so
 * that marks are found whatever their width and words can be cut from the line itself.
 */
function foldLine(line: string): string {
  return line
    .replace(/[\uFF01-\uFF5E]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/\u3000|\u00A0/g, ' ')
    .replace(/[–—―─−‐‑]/g, '-')
    .replace(/[【〔「『]/g, '[')
    .replace(/[】〕」』]/g, ']');
}

/** Escapes what has a meaning in regular expressions. */
function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
