import { quantiles } from './quantiles';

describe('quantiles', () => {
  it('finds the middle and the tenths at both ends, whatever the order', () => {
    expect(quantiles([10, 3, 1, 9, 4, 0, 2, 8, 7, 6, 5])).toEqual({ median: 5, low: 1, high: 9 });
  });

  it('lies between neighbours where no figure stands in the place', () => {
    expect(quantiles([4, 1]).median).toBe(2.5);
  });

  it('is not moved by one slow step', () => {
    expect(quantiles([1, 1, 1, 1, 1000]).median).toBe(1);
  });
});
