import { InvalidOptionError } from '@xtm/contracts';
import amazonReview from '../../../../datasets/amazon-review.json';
import ecNews from '../../../../datasets/ec-news.json';
import rakutenAmazon from '../../../../datasets/rakuten-amazon.json';
import wikiComp from '../../../../datasets/wikicomp-2014.json';
import type { PublicDataset, ReferenceFiles } from './public-dataset';

/** The benchmarks of the papers. */
export const publicDatasets: readonly PublicDataset[] = [ecNews, amazonReview, rakutenAmazon];

/** The comparable corpus that the papers count CNPMI on. */
export const wikiCompReference: ReferenceFiles = wikiComp;

/** The benchmark of a name. Throws `InvalidOptionError` with the names that there are. */
export function findPublicDataset(name: string): PublicDataset {
  const found = publicDatasets.find((dataset) => dataset.name === name || dataset.folder === name);
  if (found !== undefined) return found;
  const advice = name === wikiCompReference.name ? `Its files have no published checksums; get them by hand: ${wikiCompReference.obtain}` : undefined;
  throw new InvalidOptionError('dataset', name, `must be one of ${publicDatasets.map((dataset) => dataset.name).join(', ')}`, { advice });
}
