export { cacheFolder } from './cache-folder';
export { endpointPresets, presetNames, type EndpointPreset, type PresetName } from './presets';
export type { EndpointOptions } from './endpoint-options';
export { redactSecrets } from './redaction';
export type { UsageSummary } from './usage-meter';
