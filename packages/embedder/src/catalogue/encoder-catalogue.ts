import { InvalidOptionError } from '@xtm/contracts';

/** Where a model's ONNX export is published. */
export interface CatalogueEntry {
  /** `owner/name` on the hub. */
  readonly repository: string;
  /** Folder of the repository that holds graph, weights and tokenizer. */
  readonly folder: string;
  /** Files of other folders that describe the model, fetched where they exist. */
  readonly companions: readonly string[];
}

const COMPANIONS = ['config.json', 'tokenizer.json', 'sentence_bert_config.json', '1_Pooling/config.json'];

const catalogue: Readonly<Record<string, CatalogueEntry>> = {
  'bge-m3': { repository: 'BAAI/bge-m3', folder: 'onnx', companions: COMPANIONS },
};

/** The entry of a known model, or of any repository `owner/name` with an export in its folder `onnx`. */
export function findModel(name: string): CatalogueEntry {
  const known = catalogue[name];
  if (known !== undefined) return known;
  if (/^[\w.-]+\/[\w.-]+$/.test(name)) return { repository: name, folder: 'onnx', companions: COMPANIONS };
  throw new InvalidOptionError('model', name, `must be ${Object.keys(catalogue).join(', ')} or a repository OWNER/NAME`);
}
