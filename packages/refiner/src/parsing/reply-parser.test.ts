import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readReplyCases, type ReplyCase } from '../testing';
import { cleanReply, createReplyParser } from './reply-parser';

const FOLDER = join(__dirname, '../../fixtures/replies');
const files = readdirSync(FOLDER).map((name) => ({ name, cases: readReplyCases(readFileSync(join(FOLDER, name), 'utf8')) }));
const allCases = files.flatMap(({ cases }) => cases);
/** Marks that are taken away within words too. */
const EMPHASIS = /\*|__|`/g;
const ENGLISH_AND_CHINESE = [{ code: 'en', suffix: 'en' }, { code: 'zh-Hans', suffix: 'cn' }];

describe.each(files)('replies: $name', ({ cases }) => {
  it.each(cases.map((reply) => [reply.name, reply] as const))('%s', (_name, { reply, languages, topics, truncated, expected }) => {
    const read = createReplyParser(languages)(reply, topics, truncated);
    expect(read.map(({ index, theme, words, dropped }) => ({ index, theme, words, dropped }))).toEqual(expected);
  });
});

/** What may get into, out of, or mixed up in a reply. */
type Mutation = (reply: string, at: number, length: number, piece: string) => string;

const mutations: readonly Mutation[] = [
  (reply, at, length) => reply.slice(0, at) + reply.slice(at + length),
  (reply, at) => reply.slice(0, at),
  (reply, at, length) => reply.slice(0, at) + reply.slice(at, at + length).repeat(2) + reply.slice(at + length),
  (reply, at, _length, piece) => reply.slice(0, at) + piece + reply.slice(at),
  (reply, at, length) => reply.slice(at, at + length) + reply.slice(0, at) + reply.slice(at + length),
  (reply, at, length) => reply.split('\n').map((line, index) => (index === at % 7 ? line.slice(length) : line)).reverse().join('\n'),
];

const PIECES = ['\n', ' - ', '-', ',', '：', '、', '|', '"', '{', '}', '[', ']', '```', '**', '<think>', '</think>', 'EN:', 'CN: ', 'Topic 1: ', '\t', ' ', '\u3000', '\u00A0', '\u2028', '1. ', '~~', '\uD800', '词', 'word', '\u0000'];

const mutatedReply = fc
  .record({
    original: fc.constantFrom(...allCases),
    steps: fc.array(fc.tuple(fc.constantFrom(...mutations), fc.nat(400), fc.integer({ min: 1, max: 60 }), fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary' }))), { minLength: 1, maxLength: 5 }),
  })
  .map(({ original, steps }) => ({ original, reply: steps.reduce((reply, [mutate, at, length, piece]) => mutate(reply, at % (reply.length + 1), length, piece), original.reply) }));

describe('createReplyParser', () => {
  it('is tried on at least 200 replies made by hand', () => {
    expect(allCases.length).toBeGreaterThanOrEqual(200);
  });

  it('never throws, never reads a word with white space, and never more than was sent', () => {
    const parsers = new Map(allCases.map(({ languages }) => [languages.map(({ code }) => code).join(), createReplyParser(languages)]));
    const parserOf = ({ languages }: ReplyCase) => parsers.get(languages.map(({ code }) => code).join())!;
    fc.assert(
      fc.property(mutatedReply, ({ original, reply }) => {
        const read = parserOf(original)(reply, original.topics, original.truncated);
        const words = read.flatMap((topic) => topic.words.flat());
        expect(words.filter((word) => word === '' || /\s/u.test(word))).toEqual([]);
        const sent = cleanReply(reply).replace(EMPHASIS, '');
        expect(words.join('').length).toBeLessThanOrEqual(sent.length);
        if (!reply.includes('\\')) for (const word of new Set(words)) expect(words.filter((other) => other === word).length).toBeLessThanOrEqual(sent.split(word.replace(EMPHASIS, '')).length - 1);
        expect(read.every((topic) => topic.words.every((list) => list.length > 0))).toBe(true);
        expect(read.map(({ index }) => index)).toEqual(original.topics.filter((index) => read.some((topic) => topic.index === index)));
      }),
      { numRuns: 10_000, seed: 7 },
    );
  });

  describe('with vocabularies that hold compound words', () => {
    const vocabularies = [['wi-fi', 'x_ray', 'blu-ray', 'and/or', 'New York', 'price'], ['wi-fi', '耳机', '手机']];
    const parse = createReplyParser(ENGLISH_AND_CHINESE, vocabularies);

    it.each([
      ['a line of words', 'Topic 0: devices\nEN: price - wi-fi - x_ray - state-of-the-art\nCN: 耳机 - 手机'],
      ['JSON', '{"topic": 0, "theme": "devices", "EN": ["price", "wi-fi", "x_ray", "state-of-the-art"], "CN": ["耳机", "手机"]}'],
      ['commas and quotes', 'Topic 0: devices\nEN: "price", "wi-fi", "x_ray", "state-of-the-art"\nCN: 耳机、手机'],
    ])('keeps them in %s, and drops and counts other phrases', (_form, reply) => {
      expect(parse(reply, [0])).toEqual([{ index: 0, theme: 'devices', words: [['price', 'wi-fi', 'x_ray'], ['耳机', '手机']], dropped: 1 }]);
    });

    it('knows them in any case and width, and each in its own language only', () => {
      const [read] = parse('Topic 0: devices\nEN: Wi-Fi - ＢＬＵ-ＲＡＹ - and/or - price\nCN: wi-fi - x_ray - 手机', [0]);
      expect(read).toMatchObject({ words: [['Wi-Fi', 'ＢＬＵ-ＲＡＹ', 'and/or', 'price'], ['wi-fi', '手机']], dropped: 1 });
    });

    it('takes no words with white space, though the vocabulary has them', () => {
      expect(parse('EN: New York, price, wi-fi\nCN: 耳机', [0])).toMatchObject([{ words: [['price', 'wi-fi'], ['耳机']], dropped: 1 }]);
    });
  });

  it.each(['a', ' ', '\n', '-', ' - ', '1. ', '{', '[{"', '"', '\\', '*', '**', '|', '<think>', '</think>', '<|', '（', 'Topic 1: ', 'EN: ', 'EN: a - b\n', '主题'])('takes no long time over %j many times', (piece) => {
    const parse = createReplyParser(ENGLISH_AND_CHINESE);
    const started = performance.now();
    parse(piece.repeat(Math.ceil(20_000 / piece.length)), [0, 1]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
