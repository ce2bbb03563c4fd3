import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readGoldenCase } from '../testing/golden-case';
import { temporaryFolder } from '../testing/temporary-folder';
import { countReference } from './count-reference';
import { cnpmi } from './npmi';
import type { Counting } from './reference-counts';

interface CnpmiCase {
  readonly inputs: { documents1: string[]; documents2: string[]; topics1: string[][]; topics2: string[][] };
  readonly outputs: {
    released: number;
    releasedPerTopic: number[];
    documentFrequency: number;
    documentFrequencyPerTopic: number[];
  };
}

const { inputs, outputs } = readGoldenCase<CnpmiCase>('metric-cnpmi');

describe('metric-cnpmi', () => {
  it.each([
    ['documents', outputs.documentFrequency, outputs.documentFrequencyPerTopic],
    ['released', outputs.released, outputs.releasedPerTopic],
  ] as [Counting, number, number[]][])('counting %s', async (counting, total, perTopic) => {
    await using folder = await temporaryFolder();
    const files = [join(folder.path, 'first.txt'), join(folder.path, 'second.txt')] as const;
    await writeFile(files[0], `${inputs.documents1.join('\n')}\n`);
    await writeFile(files[1], `${inputs.documents2.join('\n')}\n`);
    const topics = { first: inputs.topics1, second: inputs.topics2 };
    const scores = cnpmi(topics, await countReference(topics, [files], { counting }));
    expect(scores.mean).toBeCloseTo(total, 10);
    expect(scores.perTopic).toHaveLength(perTopic.length);
    scores.perTopic.forEach((value, topic) => expect(value).toBeCloseTo(perTopic[topic]!, 10));
  });
});
