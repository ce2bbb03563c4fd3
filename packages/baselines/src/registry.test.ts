import { baselines, findBaseline } from './index';

describe('findBaseline', () => {
  it('finds every baseline by its name', () => {
    expect([...baselines.keys()].slice(0, 4)).toEqual(['u-svd', 'svd-lr', 'mtanchor', 'mcta']);
    for (const [name, definition] of baselines) expect(findBaseline(name)).toBe(definition);
  });

  it('names the known ones if there is none of that name', () => {
    expect(() => findBaseline('lda')).toThrow(/must be one of u-svd, svd-lr, mtanchor, mcta/);
  });
});
