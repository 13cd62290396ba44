import { get } from 'node:http';
import { API_KEY } from './docker.ts';

const PROXY = 'http://localhost:9080';
const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** What the proxy answered to a request for a link. */
export interface Asked {
  readonly status: number;
  /** The link, where there is one. */
  readonly url: string | undefined;
}

/** Asks the proxy for a link that logs a user in; without another word user 18, who is carl on the newer Plesk. */
export async function askForLink(
  userId = 18,
  headers: Readonly<Record<string, string>> = {},
): Promise<Asked> {
  const response = await fetch(`${PROXY}/api/Clients/CreateClientSsoToken`, {
    method: 'POST',
    headers: { Apikey: API_KEY, 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ user_id: userId, destination: 'ac-ps-products', destination_values: [] }),
  });
  const { data } = (await response.json()) as { readonly data?: { readonly url?: string } };
  return { status: response.status, url: data?.url };
}

/** A link, or an error that says why there is none. */
export async function newLink(userId?: number): Promise<string> {
  const { status, url } = await askForLink(userId);
  if (url === undefined) throw new Error(`no link: HTTP ${status}`);
  return url;
}

/** What came of opening a link, without following it. */
export interface Opened {
  readonly status: number;
  readonly location: string;
}

/** Opens a link as a browser does, which brings its cookie back; fetch would say of itself that it is no navigation. */
export async function open(url: string): Promise<Opened> {
  const first = await ask(url);
  return first.cookie === '' ? first : ask(new URL(first.location, url).href, first.cookie);
}

const ask = (url: string, cookie = ''): Promise<Opened & { readonly cookie: string }> =>
  new Promise((resolve, reject) => {
    const headers = {
      'User-Agent': BROWSER,
      Accept: 'text/html',
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-Dest': 'document',
      ...(cookie === '' ? {} : { Cookie: cookie }),
    };
    get(url, { headers, agent: false }, (response) => {
      response.resume();
      response.once('end', () => {
        const [set = ''] = response.headers['set-cookie'] ?? [];
        const { statusCode: status = 0 } = response;
        resolve({ status, location: response.headers.location ?? '', cookie: set.split(';')[0] ?? '' });
      });
    }).once('error', reject);
  });

/** Whether a link let its browser in to a panel. */
export const letsIn = async (url: string): Promise<boolean> => isIn(await open(url));

/** Whether an opening leads in to a panel. */
export const isIn = ({ location }: Opened): boolean => location.includes('/enterprise/rsession_init.php?');
