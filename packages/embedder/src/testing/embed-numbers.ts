import { appendFileSync } from 'node:fs';
import { embedAll } from '../embed-all';
import { EmbeddingStore } from '../embedding-store';
import { LetterModel } from './letter-model';

/** A process to be killed: embeds 10,000 texts into the store of the folder and logs each batch before it is kept. */
class LoggingModel extends LetterModel {
  constructor(private readonly log: string) {
    super();
  }

  override async embed(texts: readonly string[]) {
    appendFileSync(this.log, `${JSON.stringify(texts)}\n`);
    await new Promise((resolve) => setTimeout(resolve, 2));
    return super.embed(texts);
  }
}

async function main(folder: string, log: string): Promise<void> {
  const model = new LoggingModel(log);
  const store = new EmbeddingStore(folder, model);
  const texts = Array.from({ length: 10_000 }, (_, index) => `text ${index}`);
  const { data } = await embedAll(model, texts, { store, batches: { batchTexts: 50, batchTokens: 10_000 } });
  process.stdout.write(
    JSON.stringify(texts.every((text, row) => model.vector(text).every((value, i) => value === data[row * 4 + i]))),
  );
}

void main(process.argv[2]!, process.argv[3]!);
