import { toRawDocument } from './raw-document';

const place = { file: 'a.parquet', line: 1 };

describe('toRawDocument', () => {
  it('keeps metadata as plain values', () => {
    const values = {
      text: 'x',
      small: 7n,
      large: 2n ** 60n,
      day: new Date('2024-03-01'),
      never: new Date(Number.NaN),
      list: [1n, 'a'],
      absent: undefined,
    };
    expect(toRawDocument({ values, place }).metadata).toEqual({
      small: 7,
      large: '1152921504606846976',
      day: '2024-03-01T00:00:00.000Z',
      never: null,
      list: '["1","a"]',
    });
  });

  it('takes empty fields as absent', () => {
    expect(toRawDocument({ values: { text: '', label: '', id: null }, place })).toEqual({
      text: '',
      metadata: {},
      place,
    });
  });

  it('calls the date column date, and leaves out those with a meaning', () => {
    const values = { body: 'x', posted: '2024', stars: 5, text: 'y' };
    expect(toRawDocument({ values, place }, { text: 'body', date: 'posted', label: 'stars' })).toEqual({
      text: 'x',
      label: '5',
      metadata: { date: '2024', text: 'y' },
      place,
    });
  });
});
