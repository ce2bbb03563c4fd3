import { UnlinkedLanguagesError, type Corpus, type Embedder, type WordPairs } from '@xtm/contracts';
import { syntheticCorpus } from '@xtm/data/testing';
import { SeededGenerator } from '@xtm/numeric';
import { checkLanguageLinks } from './language-links';

const corpus = syntheticCorpus({ generator: new SeededGenerator(1) });
const NMTM = { name: 'nmtm', needs: ['dictionary' as const] };
const XTRA = { name: 'xtra', needs: ['documentEmbeddings' as const] };

function withPairs(count: number): Corpus {
  const { languages, first, second } = corpus.dictionary!;
  return { ...corpus, dictionary: { languages, first: first.slice(0, count), second: second.slice(0, count) } };
}

/** An embedder that anchors on the dictionary, or on nothing. */
function anchored(): Embedder {
  const none: WordPairs = { languages: [0, 1], first: new Int32Array(), second: new Int32Array() };
  return { anchors: (_corpus: Corpus, dictionary: WordPairs | undefined) => dictionary ?? none } as unknown as Embedder;
}

describe('checkLanguageLinks', () => {
  it('says nothing where the dictionary reaches the texts', () => {
    expect(checkLanguageLinks([NMTM, XTRA], corpus, anchored())).toBeUndefined();
  });

  it('says what a thin dictionary means, and refuses one that links nothing', () => {
    expect(checkLanguageLinks([NMTM], withPairs(3), undefined)).toMatch(
      /only \d+ % of the running words in (en|zh-Hans) have a translation: nmtm/,
    );
    expect(() => checkLanguageLinks([NMTM], withPairs(0), undefined)).toThrow(UnlinkedLanguagesError);
  });

  it('judges an embedder that learns from the corpus by what it anchors on', () => {
    const { dictionary: _, ...without } = corpus;
    expect(() => checkLanguageLinks([XTRA], without, anchored())).toThrow(
      /xtra cannot match topics across the languages: 0 word pairs/,
    );
    expect(checkLanguageLinks([XTRA], without, {} as Embedder)).toBeUndefined();
  });
});
