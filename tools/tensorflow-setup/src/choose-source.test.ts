import { chooseSource, type Circumstances } from './choose-source';
import type { SetupSettings } from './setup-settings';

const SETTINGS: SetupSettings = { gpu: false, build: false, tensorflow: '2.21.0' };
const REACHABLE: Circumstances = { reachable: true, computeCapability: undefined };

describe('chooseSource', () => {
  it.each<[string, Partial<SetupSettings>, Partial<Circumstances>, string, RegExp]>([
    ['the host can be reached', {}, {}, 'published', /can be reached/],
    ['it cannot', {}, { reachable: false }, 'wheel', /cannot be reached/],
    ['a build is asked for', { build: true }, {}, 'wheel', /--build/],
    ['a library is pointed to', { libtensorflow: '/opt/tf' }, { reachable: false }, 'folder', /--libtensorflow/],
    ['a card is as old as the published binding', { gpu: true }, { computeCapability: 8.6 }, 'published', /can be reached/],
    ['a card is newer', { gpu: true }, { computeCapability: 8.9 }, 'wheel', /CUDA 11\.2.*8\.9/],
    ['there is no card to tell', { gpu: true }, {}, 'wheel', /no card/],
  ])('where %s', (_name, settings, circumstances, kind, reason) => {
    const source = chooseSource({ ...SETTINGS, ...settings }, { ...REACHABLE, ...circumstances });
    expect(source.kind).toBe(kind);
    expect(source.reason).toMatch(reason);
  });
});
