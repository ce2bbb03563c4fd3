import { resolve } from 'node:path';
import { productionPackages, readLock } from './production-packages';

const packages = productionPackages(readLock(resolve(import.meta.dirname, '../../..')));
for (const { name, version, licence, hasInstallScript } of packages)
  process.stdout.write(
    `${licence}\t${name}@${version}${hasInstallScript ? '\t(has an install script, which is not needed and not ' +
      'run)' : ''}\n`,
  );
process.stdout.write(`${packages.length} packages\n`);
