import type { Page, Visit } from './browse.ts';
import { browse } from './browse.ts';

/** A client that keeps cookies and follows redirects, as a library with a cookie jar does. */
export interface Jar {
  /** The cookies that it holds, by name. */
  readonly cookies: ReadonlyMap<string, string>;
  /** Where it has been, in order; the last one is where it is. */
  readonly urls: readonly string[];
  /** Asks for one URL, and follows nothing. */
  ask(url: string, visit?: Visit): Promise<Page>;
  /** Asks for a URL, and follows redirects with GET until there is none. */
  follow(url: string, visit?: Visit): Promise<Page>;
}

/** Makes a client without any cookie yet. */
export function newJar(besides: Visit = {}): Jar {
  const cookies = new Map<string, string>();
  const urls: string[] = [];
  const ask = async (url: string, visit: Visit = {}): Promise<Page> => {
    urls.push(url);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const page = await browse(url, { ...besides, ...visit, ...(cookie === '' ? {} : { cookie }) });
    for (const set of page.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === 'deleted') cookies.delete(name);
      else cookies.set(name, value);
    }
    return page;
  };
  const follow = async (url: string, visit: Visit = {}): Promise<Page> => {
    let page = await ask(url, visit);
    for (let step = 0; page.location !== undefined; step += 1) {
      if (step === 10) throw new Error(`no end of redirects: ${urls.join(' ')}`);
      page = await ask(page.location);
    }
    return page;
  };
  return { cookies, urls, ask, follow };
}
