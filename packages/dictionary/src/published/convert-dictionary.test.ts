import { AbortedError, DataFormatError, EmptyCorpusError, InvalidOptionError, MissingFileError } from '@xtm/contracts';
import { temporaryFolder, type TemporaryFolder } from '@xtm/data/testing';
import { gzipSync } from 'node:zlib';
import { convertDictionary, type ConvertDictionaryOptions } from './convert-dictionary';

let place: TemporaryFolder;
beforeAll(async () => {
  place = await temporaryFolder();
});
afterAll(() => place.remove());

async function convert(name: string, content: string | Uint8Array, options: ConvertDictionaryOptions = {}) {
  const { list, ...counts } = await convertDictionary(await place.write(name, content), options);
  return { ...counts, languages: list.languages, pairs: list.translations.map(({ first, second }) => `${first}=${second}`) };
}

const CEDICT = `# CC-CEDICT
#! version=1
貓 猫 [mao1] /cat/CL:隻|只[zhi1]/
學校 学校 [xue2 xiao4] /school/CL:所[suo3]/
殺 杀 [sha1] /to kill/to murder; to slay/(used after a verb) extremely/
愛因斯坦 爱因斯坦 [[Ai4yin1si1tan3]] /Albert Einstein (1879-1955), famous scientist/
北京 北京 [Bei3 jing1] /Beijing/
`;

describe('CC-CEDICT', () => {
  it('is read in the writing that the language has, plain or packed, in either order', async () => {
    const simplified = ['猫=cat', '学校=school', '杀=kill', '杀=murder', '杀=slay', '杀=extremely', '北京=beijing'];
    const plain = await convert('cedict_ts.u8', CEDICT);
    expect(plain).toEqual({ format: 'cedict', languages: ['zh-Hans', 'en'], pairs: simplified, entries: 5, glosses: 7, leftOut: { severalWords: 1, empty: 0, otherScript: 0, repeated: 0 } });
    const packed = await convert('cedict.txt.gz', gzipSync(CEDICT), { languages: ['en', 'zh-TW'] });
    expect(packed).toMatchObject({ languages: ['en', 'zh-TW'], pairs: expect.arrayContaining(['school=學校', 'kill=殺']) as unknown });
  });

  it('refuses languages that it is not of', async () => {
    await expect(convert('cedict_ts.u8', CEDICT, { languages: ['en', 'ja'] })).rejects.toMatchObject({ constructor: InvalidOptionError, message: expect.stringContaining('Chinese and English') as string });
  });
});

const EDICT = `　？？？ /EDICT, EDICT_SUB(P), EDICT2 Japanese-English Electronic Dictionary Files/
回帰 [かいき] /(n,vs) (1) return (to)/recurrence/(n,vs) (2) (math) regression/(P)/
海豚;鯆(oK) [いるか;イルカ] /(n) (uk) dolphin/EntL1201450X/
ノーブル /(adj-na) noble/
`;

/** The characters above in EUC-JP: rows and cells of JIS X 0208, where kana and Latin letters stand apart. */
function eucJp(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) bytes.push(code);
    else if (code >= 0x3041 && code <= 0x3093) bytes.push(0xa4, 0xa1 + code - 0x3041);
    else if (code >= 0x30a1 && code <= 0x30f6) bytes.push(0xa5, 0xa1 + code - 0x30a1);
    else throw new Error(`no kana: ${character}`);
  }
  return Uint8Array.from(bytes);
}

describe('EDICT and EDICT2', () => {
  it('are read without marks, with kana where they are usual', async () => {
    const { format, pairs } = await convert('edict2', EDICT);
    expect(format).toBe('edict');
    expect(pairs).toEqual(['回帰=return', '回帰=recurrence', '回帰=regression', '海豚=dolphin', '鯆=dolphin', 'いるか=dolphin', 'イルカ=dolphin', 'ノーブル=noble']);
    expect((await convert('edict2', EDICT, { readings: true })).pairs).toContain('かいき=regression');
  });

  it('are read in EUC-JP', async () => {
    expect((await convert('edict', eucJp('ねこ /(n) cat/\nイルカ /(n) dolphin/\n'))).pairs).toEqual(['ねこ=cat', 'イルカ=dolphin']);
  });
});

const JMDICT = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE JMdict [
<!ELEMENT JMdict (entry*)>
<!-- <keb> comment -->
<!ENTITY uk "word usually written using kana alone">
<!ENTITY oK "word containing out-dated kanji">
<!ENTITY n "noun (common) (futsuumeishi)">
]>
<JMdict>
<entry><ent_seq>1</ent_seq>
<k_ele><keb>猫</keb></k_ele><k_ele><keb>貓</keb><ke_inf>&oK;</ke_inf></k_ele><r_ele><reb>ねこ</reb></r_ele>
<sense><pos>&n;</pos><gloss>cat (esp. the domestic cat)</gloss><gloss>shamisen &amp; its strings</gloss></sense>
<sense><gloss xml:lang="ger">Katze</gloss></sense>
</entry>
<entry><k_ele><keb>此処</keb></k_ele><r_ele><reb>ここ</reb></r_ele>
<sense><misc>&uk;</misc><gloss>here</gloss></sense>
<sense><stagk>此処</stagk><gloss>place</gloss></sense>
<sense><gloss xml:lang="ger">hier</gloss></sense></entry>
<entry><r_ele><reb>テレビ</reb></r_ele><sense><gloss>television</gloss></sense></entry>
</JMdict>
`;

describe('JMdict', () => {
  it('is read with usual spellings, kana where they are usual or all there is, and what a sense is restricted to', async () => {
    expect(await convert('JMdict_e', JMDICT)).toMatchObject({ format: 'jmdict', languages: ['ja', 'en'], pairs: ['猫=cat', '此処=here', 'ここ=here', '此処=place', 'テレビ=television'], entries: 4, glosses: 5 });
  });

  it('has other languages, and all readings where they are asked for', async () => {
    expect((await convert('JMdict', JMDICT, { languages: ['de', 'ja'], readings: true })).pairs).toEqual(['katze=猫', 'katze=ねこ', 'hier=此処', 'hier=ここ']);
    await expect(convert('JMdict', JMDICT, { languages: ['fr', 'ja'] })).rejects.toBeInstanceOf(EmptyCorpusError);
  });

  it('says where it is no XML', async () => {
    await expect(convert('JMdict', JMDICT.replace('</entry>', ''))).rejects.toMatchObject({ constructor: DataFormatError, place: { line: 20 } });
  });
});

const TEI = `<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><p>No entry</p></teiHeader><text><body>
<entry><form><orth>Haus</orth><pron>haʊs</pron></form><sense><cit type="trans"><quote>house</quote></cit><cit type="example"><quote>ein Haus bauen</quote><cit type="trans"><quote>build</quote></cit></cit></sense></entry>
<entry><form><orth>gehen</orth></form><sense n="1"><cit type="trans"><quote>to go, walk</quote></cit></sense></entry>
</body></text></TEI>
`;

describe('FreeDict', () => {
  it('is read from TEI in both versions', async () => {
    expect(await convert('deu-eng.tei', TEI)).toMatchObject({ format: 'tei', languages: ['de', 'en'], pairs: ['haus=house', 'gehen=go', 'gehen=walk'] });
    const older = '<TEI.2><text><body><entry><form><orth>always</orth></form><trans><tr>steeds</tr><tr>immer</tr></trans></entry></body></text></TEI.2>';
    expect((await convert('dictionary.tei', older, { languages: ['en', 'nl'] })).pairs).toEqual(['always=steeds', 'always=immer']);
  });

  const ARTICLES = [
    '00-database-info\nA dictionary, for free',
    'Bangkok //bæŋˈkɒk// <pn>\nバンコク\ncapital\n',
    'run /ɹʌn/ <v>\n1. 走る, 動く\nto move\n2. (of a machine) 作動\n         Note: 例\n   Synonym: {jog}\n',
    'couch /kaʊtʃ/, sofa /ˈsəʊfə/ <n, sg>\n [furn.] ソファ <n>\n      "a long couch"  - 長椅子\n',
  ];

  function dictd(articles: readonly string[]): { readonly index: string; readonly content: Buffer } {
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const base64 = (value: number): string => (value < 64 ? digits[value]! : base64(Math.floor(value / 64)) + digits[value % 64]!);
    let start = 0;
    const lines = articles.map((article) => {
      const size = Buffer.byteLength(article);
      const line = `${article.startsWith('00') ? '00databaseinfo' : article.split(' ')[0]!.toLowerCase()}\t${base64(start)}\t${base64(size)}\n`;
      start += size;
      return line;
    });
    return { index: `${lines.join('')}${lines.at(-1)!.replace('couch', 'sofa')}`, content: Buffer.from(articles.join('')) };
  }

  it('is read as dictd has it, either file named', async () => {
    const { index, content } = dictd(ARTICLES);
    await place.write('freedict-eng-jpn.index', index);
    const expected = ['bangkok=バンコク', 'run=走る', 'run=動く', 'run=作動', 'couch=ソファ', 'sofa=ソファ'];
    expect(await convert('freedict-eng-jpn.dict.dz', gzipSync(content))).toMatchObject({ format: 'dictd', languages: ['en', 'ja'], pairs: expected });
    expect((await convert('freedict-eng-jpn.index', index, { languages: ['ja', 'en'] })).pairs[0]).toBe('バンコク=bangkok');
  });

  it('says what is wrong with its files', async () => {
    const { index, content } = dictd(ARTICLES);
    await place.write('eng-jpn.dict', content.subarray(0, 50));
    await expect(convert('eng-jpn.index', index)).rejects.toMatchObject({ message: expect.stringContaining('behind the end') as string });
    await expect(convert('eng-jpn.index', 'word A\n')).rejects.toMatchObject({ place: { line: 1 } });
    await expect(convert('alone-eng-jpn.index', index)).rejects.toBeInstanceOf(MissingFileError);
    await expect(convert('broken-eng-jpn.dict.dz', gzipSync(content).subarray(0, 40))).rejects.toBeInstanceOf(MissingFileError);
    await place.write('broken-eng-jpn.index', index);
    await expect(convert('broken-eng-jpn.dict.dz', gzipSync(content).subarray(0, 40))).rejects.toBeInstanceOf(DataFormatError);
    await expect(convert('freedict-eng-jpn.index', index, { languages: ['en', 'de'] })).rejects.toMatchObject({ message: expect.stringContaining('English and Japanese') as string });
  });
});

describe('tables', () => {
  it.each([
    ['MUSE\'s lists', 'en-de.txt', 'cat katze\ndog hund\n', {}],
    ['tabs', 'en-de.txt', 'cat\tdie Katze\ndog\tHund (m.)\n', {}],
    ['commas and quotation marks', 'words.csv', '"cat","Katze"\n"dog","Hund"\n', { languages: ['en', 'de'] }],
    ['a header of languages', 'words.csv', 'id,German,English\n1,Katze,cat\n2,Hund,dog\n', { languages: ['en', 'de'] }],
    ['a header of codes', 'words.csv', 'de;en;note\nKatze;cat;x\nHund;dog;y\n', { languages: ['en', 'de'] }],
    ['named columns', 'words.csv', 'id,Begriff,term\n1,Katze,cat\n2,Hund,dog\n', { languages: ['en', 'de'], columns: ['term', 'Begriff'] }],
    ['numbered columns', 'words.csv', '1,Katze,cat\n2,Hund,dog\n', { languages: ['en', 'de'], columns: ['3', '2'] }],
  ] as [string, string, string, ConvertDictionaryOptions][])('are read with %s', async (_what, name, content, options) => {
    expect(await convert(name, content, options)).toMatchObject({ format: 'table', languages: ['en', 'de'], pairs: ['cat=katze', 'dog=hund'] });
  });

  it('tell columns by their scripts', async () => {
    expect((await convert('list.txt', '猫 cat\n犬 dog\n', { languages: ['en', 'ja'] })).pairs).toEqual(['cat=猫', 'dog=犬']);
  });

  it('ask for what they do not say', async () => {
    await expect(convert('list.txt', 'cat Katze\n')).rejects.toMatchObject({ option: 'languages' });
    await expect(convert('list.csv', '1,cat,Katze\n2,dog,Hund\n', { languages: ['en', 'de'] })).rejects.toMatchObject({ option: 'columns' });
    await expect(convert('list.csv', 'a,b\ncat,Katze\n', { languages: ['en', 'de'], columns: ['a', 'c'] })).rejects.toMatchObject({ message: expect.stringContaining('no column c') as string });
    await expect(convert('en-de.txt', 'black cat\tschwarze Katze\n')).rejects.toBeInstanceOf(EmptyCorpusError);
  });
});

it('stops when it is told to', async () => {
  const many = await place.write('en-de.txt', Array.from({ length: 6_000 }, (_, index) => `word${index} wort${index}\n`).join(''));
  await expect(convertDictionary(many, {}, { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(AbortedError);
});

it('refuses what is no dictionary', async () => {
  await expect(convert('page.html', '<!DOCTYPE html><html>sign in</html>', { languages: ['en', 'de'] })).rejects.toMatchObject({ message: expect.stringContaining('web page') as string });
  await expect(convert('other.xml', '<?xml version="1.0"?><root/>', { languages: ['en', 'de'] })).rejects.toMatchObject({ message: expect.stringContaining('neither JMdict nor TEI') as string });
  await expect(convert('en-de.txt', Buffer.from([0x63, 0x61, 0x74, 0x20, 0xe4, 0x0a]))).rejects.toMatchObject({ message: expect.stringContaining('not valid UTF-8') as string });
  await expect(convertDictionary('nowhere.txt')).rejects.toBeInstanceOf(MissingFileError);
});
