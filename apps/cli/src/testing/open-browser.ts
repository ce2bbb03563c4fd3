import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The system's Chromium without a window; `XTM_CHROMIUM` says where it is if it is in no usual place. */
export function openBrowser(): Promise<Browser> {
  const path = process.env['XTM_CHROMIUM'] ?? PLACES.find((place) => existsSync(place));
  if (path === undefined)
    throw new Error(
      `there is no Chromium at ${PLACES.join(', ')}: "apt-get install chromium", or name it with XTM_CHROMIUM`,
    );
  return chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
}
