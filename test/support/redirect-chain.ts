import { newJar } from './jar.ts';

/** Where a browser was led, hop by hop, and the Location headers as they came. */
export interface Chain {
  /** The origins that it was sent to, in order; the last one is where it ends. */
  readonly origins: readonly string[];
  /** The last URL. */
  readonly end: string;
  readonly locations: readonly string[];
}

/** More than any chain of ours has. */
const MOST = 10;

/** Follows redirects with cookies, as a browser reads them, until one leads off this machine or there is none. */
export async function followFrom(url: string, ca = ''): Promise<Chain> {
  const jar = newJar();
  const origins: string[] = [];
  const locations: string[] = [];
  let at = new URL(url);
  for (let step = 0; at.hostname === '127.0.0.1'; step++) {
    if (step === MOST) throw new Error(`no end of redirects: ${locations.join(' ')}`);
    const { location } = await jar.ask(at.href, at.protocol === 'https:' ? { ca } : {});
    if (location === undefined) break;
    locations.push(location);
    at = new URL(location, at);
    origins.push(at.origin);
  }
  return { origins, end: at.href, locations };
}
