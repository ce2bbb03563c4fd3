import { temporaryFolder } from '../testing';
import { readStopWords, standardStopWords } from './stop-words';

describe('stop words', () => {
  it('are there for many languages, by any form of their code', () => {
    expect(standardStopWords('en-GB')).toContain('the');
    expect(standardStopWords('zh-Hans')).toEqual(standardStopWords('cn'));
    expect(standardStopWords('zh-Hans')).toContain('的');
    expect(standardStopWords('ja')).toContain('これ');
    expect(standardStopWords('tlh')).toEqual([]);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['en', ["don't", 'dont', 'the', 'just', 'one', 'said'], ['room', 'area', 'work', 'problem', 'system', 'value', 'good', 'great']],
    ['zh-Hans', ['的', '了', '我们', '没有', '非常'], ['好', '房间', '问题', '开始', '结果']],
    ['zh-Hant', ['的', '了', '我們', '沒有', '這個', '讓', '這裡', '這裏', '隨著', '隨着'], ['問題', '開始', '結果']],
    ['ja', ['する', 'いる', 'こと', 'まし', 'です'], ['問題', '部屋', '良い']],
    ['de', ['dass', 'wurde', 'nicht'], ['gut', 'zeit', 'mensch']],
    ['fr', ["c'est", "qu'il", 'très'], ['temps', 'pays', 'bon']],
    ['es', ['también', 'está'], ['trabajo', 'valor', 'país', 'bueno']],
    ['ar', ['في', 'وفي', 'أن', 'ان', 'وقد', 'أيضًا', 'أيضاً'], ['زيارة', 'قوة', 'مليون']],
    ['ko', ['그리고', '있습니다', '우리는'], ['시간', '사람']],
    ['ru', ['ещё', 'еще', 'который'], ['человек', 'жизнь', 'хорошо']],
    ['th', ['และ', 'ที่', 'ไม่'], ['วัน', 'คน', 'ผล']],
    ['vi', ['của', 'không', 'và'], ['chuyện', 'ngày']],
    ['id', ['untuk', 'yang', 'tidak'], ['kecil']],
    ['sw', ['na', 'kwa', 'hakuna'], ['habari', 'watu', 'muhimu']],
    ['ro', ['și', 'şi'], ['fereastră']],
    ['nb', ['ikke'], ['hus']],
  ])('of %s are moderate: function words, no subjects', (code, dropped, kept) => {
    const words = new Set(standardStopWords(code));
    expect(dropped.filter((word) => !words.has(word))).toEqual([]);
    expect(kept.filter((word) => words.has(word))).toEqual([]);
  });

  it('hold more where they are to be broad, and nothing where there are to be none', () => {
    expect(standardStopWords('en', 'broad')).toEqual(expect.arrayContaining(['room', 'good', "don't", 'said']));
    expect(standardStopWords('zh-Hant', 'broad')).toEqual(expect.arrayContaining(['開始', '沒有']));
    expect(standardStopWords('pl')).toEqual(standardStopWords('pl', 'broad'));
    expect(standardStopWords('en', 'none')).toEqual([]);
  });

  it('are read from a file without comments and empty lines', async () => {
    const folder = await temporaryFolder();
    const file = await folder.write('stop.txt', '# mine\n\nalso \nvery\n');
    expect(await readStopWords(file)).toEqual(['also', 'very']);
    await folder.remove();
  });
});
