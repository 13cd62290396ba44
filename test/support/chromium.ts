import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { onTestFinished } from 'vitest';

const ARGS =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
    ' ',
  );

/** Where Chromium is looked for, the first that can be run being taken; CHROMIUM_PATH comes before all of them. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  'chromium',
  'chromium-browser',
  'google-chrome',
];

/** The program, or why there is none. */
function findChromium(): { readonly path: string } | { readonly missing: string } {
  const chosen = process.env['CHROMIUM_PATH'] ?? '';
  if (chosen !== '') {
    return canRun(chosen) ? { path: chosen } : { missing: `CHROMIUM_PATH is ${chosen}, which cannot be run` };
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const path = PLACES.flatMap((place) =>
    isAbsolute(place) ? [place] : folders.map((folder) => join(folder, place)),
  ).find(canRun);
  return path === undefined ? { missing: 'Chromium is not installed; see npm run test:setup' } : { path };
}

/** Why browser tests are skipped here; where CI is set they run nevertheless, and fail. */
export function whyNoBrowser(): string | undefined {
  const found = findChromium();
  const isCi = (process.env['CI'] ?? '') !== '';
  return 'missing' in found && !isCi ? found.missing : undefined;
}

/** The program of the browser. */
export function chromiumPath(): string {
  const found = findChromium();
  if ('missing' in found) throw new Error(found.missing);
  return found.path;
}

/** A page of a browser that knows nothing yet, and what that browser complained about. */
export interface FreshPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors and warnings of the console, errors of scripts, and requests that failed. */
  readonly complaints: readonly string[];
}

/** What a browser starts with. */
export interface Start {
  /** The home of its user, where it looks for the CAs that the user trusts; that of this process without it. */
  readonly home?: string;
}

/** Opens a page in a browser of its own, with a profile of its own, until the test ends. */
export async function freshPage({ home }: Start = {}): Promise<FreshPage> {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ARGS,
    ...(home === undefined ? {} : { env: { ...process.env, HOME: home } }),
  });
  onTestFinished(() => browser.close());
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`page: ${error.message}`));
  page.on('requestfailed', (request) => complaints.push(`request: ${request.url()}`));
  return { page, context, complaints };
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
