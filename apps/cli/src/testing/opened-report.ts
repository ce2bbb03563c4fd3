import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';

export interface ReportView {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** A report in a browser, with all that it complained about and asked for. */
export interface OpenedReport {
  readonly page: Page;
  /** Console messages, errors and dialogs; a good page has none. */
  readonly complaints: string[];
  /** Requests beyond the page itself; a good page has none. */
  readonly requests: string[];
}

export async function openReport(
  browser: Browser,
  path: string,
  { width = 1280, colorScheme = 'light' }: ReportView = {},
): Promise<OpenedReport> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  // Without a GPU, wide pages take many seconds to come to rest on a busy machine.
  page.setDefaultTimeout(120_000);
  const address = pathToFileURL(path).href;
  const [complaints, requests]: [string[], string[]] = [[], []];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith('data:')) requests.push(url);
  });
  await page.goto(address);
  return { page, complaints, requests };
}
