import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startXtm, type ProcessEnd, type XtmProcess } from '../testing/xtm-process';
import { writeRawCorpus } from './crash-corpus';
import type { WitnessServer } from './witness-server';

const TRAINING = [
  '--num-topics',
  '4',
  '--epochs',
  '5',
  '--batch-size',
  '8',
  '--top-words',
  '5',
  '--classifiers',
  'linear',
];
const PHASE_TWO = [
  '--refiner',
  'openai',
  '--llm-model',
  'chat',
  '--rounds',
  '3',
  '--refine-epochs',
  '6',
  '--refine-every',
  '3',
  '--refined-words',
  '5',
  '--refine-top-words',
  '5',
];

/** Texts of one embeddings request, at most. */
export const BATCH_TEXTS = 8;

/** Files that hold results: all but the record of when what happened. */
const RESULTS = /\.(npy|txt)$|^(topics|metrics|preprocessing)\.json$|^model\.safetensors$/;

/**
 * One small run of two phases from raw texts on, in a folder and a cache of its own: the same commands again resume
 * it.
 */
export class CrashRun {
  private constructor(
    readonly folder: string,
    private readonly prepareFlags: readonly string[],
    private readonly server: WitnessServer,
  ) {}

  static async create(server: WitnessServer): Promise<CrashRun> {
    const folder = await mkdtemp(join(tmpdir(), 'xtm-crash-'));
    await mkdir(join(folder, 'raw'));
    return new CrashRun(folder, await writeRawCorpus(join(folder, 'raw')), server);
  }

  get dataset(): string {
    return join(this.folder, 'data');
  }

  get run(): string {
    return join(this.folder, 'runs', 'small');
  }

  prepare(): XtmProcess {
    return this.start(['prepare', ...this.prepareFlags, '--out', this.dataset, '--replace']);
  }

  train(): XtmProcess {
    const { baseUrl } = this.server;
    const embedder = { baseUrl, model: 'embedding', dimensions: 16, batchTexts: BATCH_TEXTS, concurrency: 1 };
    const embedderFlags = Object.entries(embedder).flatMap(([name, value]) => [
      '--embedder-option',
      `${name}=${value}`,
    ]);
    return this.start([
      'run',
      '--dataset',
      this.dataset,
      '--runs-folder',
      join(this.folder, 'runs'),
      '--run',
      'small',
      '--llm-base-url',
      baseUrl,
      ...TRAINING,
      ...PHASE_TWO,
      '--embedder',
      'openai',
      ...embedderFlags,
    ]);
  }

  /** Both commands one after the other; ends early where one fails. */
  async toTheEnd(): Promise<ProcessEnd> {
    const prepared = await this.prepare().ended;
    return prepared.code === 0 ? this.train().ended : prepared;
  }

  /** Runs both commands until the moment has come, and kills what runs then. */
  async killAt(moment: Promise<void>): Promise<void> {
    let killed = false;
    let current = this.prepare();
    const killing = moment.then(() => {
      killed = true;
      current.child.kill('SIGKILL');
    });
    const { code } = await current.ended;
    if (!killed && code === 0) {
      current = this.train();
      await current.ended;
    }
    await Promise.race([killing, current.ended]);
  }

  /** How many replies of the language model are on disk, whole. */
  async keptReplies(): Promise<number> {
    const names = await readdir(join(this.folder, 'cache', 'replies'), { recursive: true }).catch((): string[] => []);
    return names.filter((name) => name.endsWith('.json')).length;
  }

  async results(): Promise<ReadonlyMap<string, string>> {
    const names = (await readdir(this.run)).filter((name) => RESULTS.test(name)).sort();
    return new Map(
      await Promise.all(
        names.map(async (name) => [name, (await readFile(join(this.run, name))).toString('base64')] as const),
      ),
    );
  }

  /** Lines of a record, without what may differ between two runs that come to the same. */
  async record(
    name: 'events.jsonl' | 'refinements.jsonl',
    pick: (line: Record<string, unknown>) => unknown,
  ): Promise<unknown[]> {
    const lines = (await readFile(join(this.run, name), 'utf8')).trimEnd().split('\n');
    return lines
      .map((line) => pick(JSON.parse(line) as Record<string, unknown>))
      .filter((picked) => picked !== undefined);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  private start(args: readonly string[]): XtmProcess {
    return startXtm(args, { environment: { XTM_CACHE: join(this.folder, 'cache') } });
  }
}
