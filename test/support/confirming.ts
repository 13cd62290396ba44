import type { RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import type { ServiceOptions } from '../../src/service.ts';
import type { Page } from './browse.ts';
import { browse, serve } from './browse.ts';
import type { StartedService } from './service.ts';
import { directoryOf, startService } from './service.ts';

/** A service whose links have a button, and its Plesk, both over http. */
export interface ConfirmWorld extends StartedService {
  readonly plesk: Emulator;
}

/** What differs from the usual. */
interface Differences {
  readonly plesk?: EmulatorOptions;
  readonly service?: Partial<ServiceOptions>;
  /** Where the panel is for the service and for browsers; the emulator's own address without it. */
  readonly panelUrl?: (plesk: Emulator) => Promise<string> | string;
  /** Whether Plesk sends a browser back to the service whose login it does not accept. */
  readonly failuresComeBack?: boolean;
}

/** Starts one until the test ends. */
export async function startConfirm(differences: Differences = {}): Promise<ConfirmWorld> {
  const plesk = await startEmulator({ seed: 'demo', ...differences.plesk });
  onTestFinished(() => plesk.close());
  const front: { app?: RequestListener } = {};
  const publicUrl =
    differences.failuresComeBack === true
      ? await serve((request, response) => front.app?.(request, response))
      : undefined;
  const entry = {
    url: (await differences.panelUrl?.(plesk)) ?? plesk.url,
    release: plesk.release.plesk,
    auth: { login: plesk.admin.login, password: 'env:PLESK_PASSWORD' },
    ...(publicUrl === undefined ? {} : { failureRedirectUrl: `${publicUrl}/` }),
  };
  const service = {
    mode: 'confirm',
    openLimit: 1000,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...differences.service,
  } as const;
  const started = await startService(directoryOf({ 'plesk-1': entry }), service);
  front.app = started.service.app;
  return { ...started, plesk };
}

/** What the page with the button gives a browser to send back. */
export interface Shown {
  readonly page: Page;
  readonly nonce: string;
  /** For a Cookie header. */
  readonly cookie: string;
}

/** Looks at the page with the button, as a browser that has this cookie already. */
export async function show(link: string, cookie?: string): Promise<Shown> {
  const page = await browse(link, cookie === undefined ? {} : { cookie });
  const [set = ''] = page.cookies;
  const [, nonce] = /<input type="hidden" name="nonce" value="([^"]+)"/.exec(page.body) ?? [];
  if (page.status !== 200 || nonce === undefined) throw new Error(`no button: ${page.status} ${page.body}`);
  return { page, nonce, cookie: set.slice(0, set.indexOf(';')) };
}

/** The code of a failure that was answered as JSON; `undefined` where there is no body. */
export const codeOf = ({ body }: Page): unknown =>
  body === '' ? undefined : (JSON.parse(body) as { readonly code?: unknown }).code;
