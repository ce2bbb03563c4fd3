import { parseRating } from './parse-rating';

describe('parseRating', () => {
  it.each([
    ['3', 3],
    [' 1\n', 1],
    ['Rating: 2', 2],
    ['**3**/3', 3],
    ['two', 2],
    ['Three.', 3],
    ['The rating is two', 2],
    ['２', 2],
    ['2 out of 3', 2],
    ['**Score:** 1', 1],
    ['{"rating": 3}', 3],
    ['I would give these words a 2.', 2],
    ['On a scale from 1 to 3, I rate this topic a 3', 3],
    ['All 15 words are about films. Rating: 3', 3],
    ['3.0', 3],
    ['<think>Could be 1 or 2.</think>\n2', 2],
    ['2/3', 2],
  ])('counts %j', (reply, rating) => {
    expect(parseRating(reply)).toBe(rating);
  });

  it.each([
    '',
    '   ',
    '5',
    '0',
    '-2',
    '2.5',
    '2,5',
    'two or three',
    '2 or 3',
    'I am sorry, but I cannot rate these words.',
    'I cannot help with these three words',
    'The words w1 and mp3 are unclear',
    'Rating: 4',
    '<think>It is a 2.</think>',
  ])('discards %j', (reply) => {
    expect(parseRating(reply)).toBeUndefined();
  });
});
