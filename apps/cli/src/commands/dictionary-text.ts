import { describeCheck, tabulateReach, type DictionaryCheck, type Fact, type FactTable } from '@xtm/dictionary';
import { type OwnWordsDictionary, pastablePath, shortPath } from '@xtm/pipeline';
import { formatFacts, formatTable, right } from '@xtm/report';
import { textStyle, type Terminal, withFlags } from '../terminal/terminal';

/** What was made of texts' own words, how far it reaches, where it is, and the command that uses it. */
export function formatMade(
  lines: readonly string[],
  before: readonly Fact[],
  made: OwnWordsDictionary,
  texts: string,
  terminal: Terminal,
): string {
  const facts: readonly Fact[] = [...before, ['Dictionary', shortPath(made.file)], ['Next', nextCommand(made, texts)]];
  const reach = formatFactTable(tabulateReach(made.reach), terminal);
  return [...lines, '', reach, '', formatFacts(facts, ':')].join('\n');
}

function nextCommand({ source: { isProject, dictionary }, file }: OwnWordsDictionary, texts: string): string {
  const named = `--dictionary ${pastablePath(file)}`;
  if (!isProject) return `xtm run --dataset ${pastablePath(texts)} ${named}`;
  return `xtm prepare ${pastablePath(texts)}${dictionary === file ? '' : ` ${named}`}`;
}

/** What a dictionary is worth, what is wrong with it, and the command that uses it. */
export function formatCheck(result: DictionaryCheck, dataset: string | undefined, terminal: Terminal): string {
  const { facts, match, findings, verdict } = describeCheck({ ...result, file: shortPath(result.file) });
  const flag = `--dictionary ${pastablePath(result.file)}`;
  const next = dataset === undefined ? `xtm init ${flag}` : `xtm run --dataset ${pastablePath(dataset)} ${flag}`;
  const end: Fact[] = [['Verdict', verdict], ...(result.verdict === 'unusable' ? [] : [['Next', next] as const])];
  const parts = [
    formatFacts(facts, ':'),
    ...(match === undefined ? [] : ['', formatFactTable(match, terminal), '']),
    ...findings.map(withFlags),
    formatFacts(end, ':'),
  ];
  return parts.join('\n');
}

function formatFactTable({ titles: [first, ...others], rows }: FactTable, terminal: Terminal): string {
  const columns = [{ title: first! }, ...others.map((title) => right(withFlags(title)))];
  return formatTable(columns, rows, textStyle(terminal));
}
