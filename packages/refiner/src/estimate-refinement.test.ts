import { createChatModel } from '@xtm/llm';
import { ProtocolServer } from '@xtm/llm/testing';
import { createChatRefiner, estimateRefinement, refineConsistently, type ChatRefinerOptions } from './index';
import { exampleContext, exampleTopics, exampleVocabularies, faithfulAnswers } from './testing';

describe('estimateRefinement', () => {
  it.each<ChatRefinerOptions>([{ style: 'batch' }, { style: 'json' }])('comes near to what is spent (%o)', async (refiner) => {
    const server = await ProtocolServer.start({ answer: faithfulAnswers() });
    try {
      const model = createChatModel({ baseUrl: server.baseUrl, model: 'local', replyFolder: false }, {});
      await refineConsistently({ refiner: createChatRefiner(model, refiner), topics: exampleTopics, context: exampleContext, vocabularies: exampleVocabularies });
      const spent = model.spending();
      const estimate = estimateRefinement({ topics: exampleTopics, context: exampleContext, refiner });
      expect(estimate.calls).toBe(spent.replies);
      expect(estimate.inputTokens).toBe(spent.inputTokens);
      expect(estimate.outputTokens / spent.outputTokens).toBeGreaterThan(0.7);
      expect(estimate.outputTokens / spent.outputTokens).toBeLessThan(2);
    } finally {
      await server.close();
    }
  });

  it('multiplies by rounds, refinements and topics, and prices the tokens', () => {
    const once = estimateRefinement({ topics: exampleTopics, context: exampleContext, refiner: { style: 'per-topic' }, rounds: 1 });
    const run = estimateRefinement({ topics: exampleTopics, context: exampleContext, refiner: { style: 'per-topic' }, rounds: 5, refinements: 3, prices: { input: 1_000_000, output: 2_000_000 } });
    expect([once.calls, run.calls]).toEqual([3, 45]);
    expect(once.cost).toBeUndefined();
    expect(run.inputTokens).toBe(15 * once.inputTokens);
    expect(run.cost).toBe(run.inputTokens + 2 * run.outputTokens);
  });
});
