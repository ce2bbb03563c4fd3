/** Our prefix for each PyTorch module of the public code, or our name for a tensor that is no module's. */
export type PublicModules = Readonly<Record<string, string>>;

/** The modules of an encoder behind its first layer. */
function encoderBody(prefix: string, ownPrefix: string): Record<string, string> {
  return {
    [`${prefix}fc12`]: `${ownPrefix}hidden`,
    [`${prefix}fc21`]: `${ownPrefix}mean`,
    [`${prefix}fc22`]: `${ownPrefix}logVariance`,
    [`${prefix}mean_bn`]: `${ownPrefix}meanNorm`,
    [`${prefix}logvar_bn`]: `${ownPrefix}logVarianceNorm`,
  };
}

/** The modules of a whole encoder. */
function encoder(prefix: string, ownPrefix: string): Record<string, string> {
  return { [`${prefix}fc11`]: `${ownPrefix}input`, ...encoderBody(prefix, ownPrefix) };
}

/** Decoders, and the topic-word weights under the name that a model gives them. Language 1 is `en`, language 2 `cn` whatever it is. */
function decoders(topicWord: 'phi' | 'beta'): Record<string, string> {
  return {
    [`${topicWord}_en`]: 'topicWord.0',
    [`${topicWord}_cn`]: 'topicWord.1',
    decoder_bn_en: 'decoder.norm.0',
    decoder_bn_cn: 'decoder.norm.1',
  };
}

/** By the backbone's name. */
export const publicModules = {
  nmtm: { ...decoders('phi'), fc11_en: 'encoder.input.0', fc11_cn: 'encoder.input.1', ...encoderBody('', 'encoder.') },
  infoctm: { ...decoders('phi'), ...encoder('encoder_en.', 'encoder.0.'), ...encoder('encoder_cn.', 'encoder.1.') },
  xtra: {
    ...decoders('beta'),
    'prj_beta_en.0': 'topicWordProjection.0',
    'prj_beta_cn.0': 'topicWordProjection.1',
    'prj_rep.0': 'documentProjection',
    'mlp_en.0': 'encoder.shared.0',
    'mlp_cn.0': 'encoder.shared.1',
    ...encoder('encoder.', 'encoder.'),
  },
  gloctm: {
    ...decoders('beta'),
    decoder_bn_global: 'globalDecoder.norm',
    ...encoder('encoder_en.', 'encoder.0.'),
    ...encoder('encoder_cn.', 'encoder.1.'),
    ...encoder('encoder_global.', 'globalEncoder.'),
  },
} as const satisfies Readonly<Record<string, PublicModules>>;
