import type { Normalisation } from '@xtm/contracts';
import type { BatchNormSettings } from '@xtm/tensor';
import type { EncoderBodySettings } from './encoder-body';

/** The options of every backbone that shape its encoder. */
export interface EncoderOptions {
  readonly hiddenUnits: number;
  readonly dropout: number;
  readonly batchNormEpsilon: number;
  readonly batchNormMomentum: number;
  readonly batchNormalisation: 'together' | 'by-language';
  readonly normalisation: Normalisation;
}

export function batchNormSettings({ batchNormEpsilon: epsilon, batchNormMomentum: momentum }: EncoderOptions): BatchNormSettings {
  return { epsilon, momentum };
}

export function encoderSettings({ hiddenUnits, dropout }: EncoderOptions, numTopics: number): EncoderBodySettings {
  return { hiddenUnits, numTopics, dropout };
}
