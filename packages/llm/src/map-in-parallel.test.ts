import { setTimeout as sleep } from 'node:timers/promises';
import { mapInParallel } from './map-in-parallel';

describe('mapInParallel', () => {
  it('keeps the order and has no more under way than allowed', async () => {
    let underWay = 0;
    let most = 0;
    const map = async (delay: number): Promise<number> => {
      most = Math.max(most, (underWay += 1));
      await sleep(delay);
      underWay -= 1;
      return 2 * delay;
    };
    expect(await mapInParallel([8, 1, 5, 2, 3], 2, map)).toEqual([16, 2, 10, 4, 6]);
    expect(most).toBe(2);
  });

  it('fails as the first that fails', async () => {
    await expect(mapInParallel([1, 2], 2, async (item) => Promise.reject(new Error(`item ${item}`)))).rejects.toThrow('item 1');
  });
});
