/** One topic as a refinement prompt lists it, or a reply does. */
export interface PromptTopic {
  readonly index: number;
  readonly theme?: string;
  /** Words by the label of their language, labels in the order of the prompt. */
  readonly words: Readonly<Record<string, readonly string[]>>;
}

/** What a refinement prompt asks for. */
export interface RefinementPrompt {
  /** The topics to refine: the marked one, else all. */
  readonly topics: readonly PromptTopic[];
  readonly wordsAsked: number;
  readonly json: boolean;
}

const HEADER = /^Topic (\d+):( <<<.*)?$/;
const WORD_LINE = /^(\S+): (.+)$/;
const DEFAULT_WORDS = 15;

/** Reads what a refinement prompt asks for; no topics when it is none. */
export function readRefinementPrompt(prompt: string): RefinementPrompt {
  const listed: { index: number; marked: boolean; words: Record<string, string[]> }[] = [];
  let current: (typeof listed)[number] | undefined;
  for (const line of prompt.split('\n')) {
    const header = HEADER.exec(line);
    const labelled = WORD_LINE.exec(line);
    if (header !== null) {
      current = { index: Number(header[1]), marked: header[2] !== undefined, words: {} };
      listed.push(current);
    } else if (labelled !== null && current !== undefined && !line.startsWith('Topic'))
      current.words[labelled[1]!] = labelled[2]!.split(' - ');
    else current = undefined;
  }
  const marked = listed.filter((topic) => topic.marked);
  const topics = (marked.length > 0 ? marked : listed).map(({ index, words }) => ({ index, words }));
  const asked = /exactly (\d+) words|the (\d+) best words/.exec(prompt);
  return {
    topics,
    wordsAsked: Number(asked?.[1] ?? asked?.[2] ?? DEFAULT_WORDS),
    json: prompt.includes('{"topics":['),
  };
}

/** Topics in the form that refinement prompts ask for. */
export function writeRefinementReply(topics: readonly PromptTopic[], json: boolean): string {
  if (json)
    return JSON.stringify({ topics: topics.map(({ index, theme = '', words }) => ({ topic: index, theme, words })) });
  return topics
    .map(({ index, theme = '', words }) =>
      [
        `Topic ${index}: ${theme}`,
        ...Object.entries(words).map(([label, list]) => `${label}: ${list.join(' - ')}`),
      ].join('\n'),
    )
    .join('\n\n');
}
