import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { AbortedError, InvalidOptionError, type Progress } from '@xtm/contracts';
import { embedAll, planBatches } from './embed-all';
import { EmbeddingStore } from './embedding-store';
import { LetterModel } from './testing';

const TEXTS = ['banana', 'a', '', 'kiwi', 'a', 'pineapple'];
const expected = (model: LetterModel): number[] => TEXTS.flatMap((text) => model.vector(text));

describe('embedAll', () => {
  it('keeps the order of the texts and embeds equal ones once, in batches of similar length', async () => {
    const model = new LetterModel();
    const vectors = await embedAll(model, TEXTS, { batches: { batchTexts: 2 } });
    expect(Array.from(vectors.data)).toEqual(expected(model));
    expect(model.batches).toEqual([['pineapple', 'banana'], ['kiwi', 'a'], ['']]);
  });

  it('gives the same vectors with several batches under way', async () => {
    const model = new LetterModel();
    const vectors = await embedAll(model, TEXTS, { batches: { batchTexts: 1, concurrency: 3 } });
    expect(Array.from(vectors.data)).toEqual(expected(model));
  });

  it('returns nothing for nothing', async () => {
    expect(await embedAll(new LetterModel(), [])).toEqual({ rows: 0, columns: 4, data: new Float32Array(0) });
  });

  it('shows progress with rate and time left up to the end', async () => {
    const seen: Progress[] = [];
    await embedAll(new LetterModel(), TEXTS, {
      batches: { batchTexts: 2 },
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen.map(({ done, total }) => [done, total])).toEqual([[15, 20], [20, 20], [20, 20]]);
    expect(seen[0]!.figures!.tokensPerSecond).toBeGreaterThan(0);
    expect(seen[0]!.figures!.secondsLeft).toBeGreaterThan(0);
    expect(seen[2]!.figures!.secondsLeft).toBe(0);
  });

  it('stops between batches when the caller does', async () => {
    const stop = new AbortController();
    const model = new LetterModel();
    const pending = embedAll(model, TEXTS, {
      batches: { batchTexts: 1 },
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(pending).rejects.toBeInstanceOf(AbortedError);
    expect(model.batches).toHaveLength(1);
  });

  it('refuses vectors of another shape than the model promised, and options that do not exist', async () => {
    const lying = Object.assign(new LetterModel(3), {
      embed: async () => ({ rows: 1, columns: 3, data: new Float32Array(3) }),
    });
    await expect(embedAll(lying, TEXTS)).rejects.toThrow('1 × 3 numbers for 5 texts');
    await expect(embedAll(new LetterModel(), TEXTS, { batches: { tokens: 3 } as object })).rejects.toBeInstanceOf(
      InvalidOptionError,
    );
  });

  describe('with a store', () => {
    let root: string;

    beforeEach(async () => {
      root = await mkdtemp(join(tmpdir(), 'xtm-embed-'));
    });

    afterEach(() => rm(root, { recursive: true, force: true }));

    it('never embeds a text again, in later calls and other processes', async () => {
      const first = new LetterModel();
      const store = new EmbeddingStore(root, first);
      await embedAll(first, TEXTS.slice(0, 3), { store });
      const second = new LetterModel();
      const vectors = await embedAll(second, TEXTS, { store: new EmbeddingStore(root, second) });
      expect(second.batches).toEqual([['pineapple', 'kiwi']]);
      expect(Array.from(vectors.data)).toEqual(expected(second));
    });

    it('keeps what was done when a batch fails', async () => {
      const failing = new LetterModel();
      let calls = 0;
      const embed = failing.embed.bind(failing);
      failing.embed = async (texts) => {
        if (++calls === 3) throw new Error('server gone');
        return embed(texts);
      };
      const store = new EmbeddingStore(root, failing);
      await expect(embedAll(failing, TEXTS, { store, batches: { batchTexts: 1 } })).rejects.toThrow('server gone');
      const again = new LetterModel();
      await embedAll(again, TEXTS, { store: new EmbeddingStore(root, again) });
      expect(again.batches).toEqual([['kiwi', 'a', '']]);
    });
  });
});

describe('planBatches', () => {
  it('puts every text in one batch, longest first, within the limits', () => {
    const limits = fc.record({
      batchTokens: fc.integer({ min: 1, max: 60 }),
      batchTexts: fc.integer({ min: 1, max: 7 }),
    });
    fc.assert(fc.property(fc.array(fc.nat(50)), limits, (lengths, { batchTokens, batchTexts }) => {
      const batches = planBatches(lengths, { batchTokens, batchTexts });
      expect(batches.flat().sort((a, b) => a - b)).toEqual(lengths.map((_, index) => index));
      const inOrder = batches.flat().map((index) => lengths[index]!);
      expect(inOrder).toEqual([...inOrder].sort((a, b) => b - a));
      for (const batch of batches) {
        const longest = Math.max(...batch.map((index) => lengths[index]!));
        expect(batch.length === 1 || (batch.length <= batchTexts && longest * batch.length <= batchTokens)).toBe(true);
      }
    }));
  });

  it('fills batches as far as the limits allow', () => {
    expect(planBatches([5, 10, 5, 10, 5], { batchTokens: 20, batchTexts: 9 })).toEqual([[1, 3], [0, 2, 4]]);
  });
});
