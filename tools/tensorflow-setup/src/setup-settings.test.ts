import { InvalidOptionError } from '@xtm/contracts';
import { cudaRequirements } from './cuda-requirements';
import { readSetupSettings } from './setup-settings';

describe('readSetupSettings', () => {
  it('has defaults, and takes flags', () => {
    expect(readSetupSettings([])).toEqual({ gpu: false, build: false, tensorflow: '2.21.0' });
    expect(readSetupSettings(['--gpu', '--build', '--tensorflow', '2.20.0', '--libtensorflow', 'x'])).toEqual({ gpu: true, build: true, tensorflow: '2.20.0', libtensorflow: 'x' });
    expect(readSetupSettings(['--help'])).toBe('help');
  });

  it.each([[['--cuda']], [['--tensorflow', 'newest']], [['--libtensorflow', '']], [['gpu']]])('refuses %j', (args) => {
    expect(() => readSetupSettings(args)).toThrow(InvalidOptionError);
  });
});

describe('cudaRequirements', () => {
  it('are those of the extra and-cuda', () => {
    const metadata = [
      'Name: tensorflow', 'Requires-Dist: numpy>=1.26.0', 'Provides-Extra: and-cuda',
      'Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"',
      'Requires-Dist: nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"',
      'Requires-Dist: tensorflow-io-gcs-filesystem>=0.23.1; extra == "gcs-filesystem"',
    ].join('\n');
    expect(cudaRequirements(metadata)).toEqual(['nvidia-cublas-cu12<13.0,>=12.5.3.2', 'nvidia-cudnn-cu12<10.0,>=9.3.0.75']);
  });
});
