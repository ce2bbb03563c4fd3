import { runCommand } from './run-command';

/** Holds both the binding and libtensorflow. */
const HOST = 'https://storage.googleapis.com/tensorflow/';

const TIMEOUT_MILLISECONDS = 10_000;

/** Whether the published binding can be downloaded from here. */
export async function downloadHostIsReachable(host = HOST): Promise<boolean> {
  try {
    await fetch(host, { method: 'HEAD', signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
    return true;
  } catch {
    return false;
  }
}

/** Has npm run the package's own install script. */
export async function installPublishedBinding(name: string): Promise<void> {
  await runCommand('npm', ['rebuild', `@tensorflow/${name}`, '--ignore-scripts=false', '--foreground-scripts'], {
    purpose: 'installing the published binding',
    advice: 'Add --build to build it instead.',
  });
}
