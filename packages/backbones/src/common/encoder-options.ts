import type { BatchNormSettings } from '@xtm/tensor';
import type { EncoderBodySettings } from './encoder-body';

/** The options of every backbone that shape its encoder. */
export interface EncoderOptions {
  readonly hiddenUnits: number;
  readonly dropout: number;
  readonly batchNormEpsilon: number;
  readonly batchNormMomentum: number;
}

export function batchNormSettings({ batchNormEpsilon: epsilon, batchNormMomentum: momentum }: EncoderOptions): BatchNormSettings {
  return { epsilon, momentum };
}

export function encoderSettings(options: EncoderOptions, numTopics: number): EncoderBodySettings {
  const { hiddenUnits, dropout } = options;
  return { hiddenUnits, numTopics, dropout, batchNorm: batchNormSettings(options) };
}
