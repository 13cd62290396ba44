import type { Child } from './child.ts';
import { run } from './load.ts';
import type { Case } from './wire.ts';

/** What a service of the bench is set up with. */
export const PUBLIC_URL = 'https://sso.example.com';
export const PLESK = 'https://plesk-1.example.com:8443';
export const API_KEY = 'a key of the API that the bench has';
export const USERS = 1000;

/** `POST /api/Clients/CreateClientSsoToken` with the destination of the public document's example, users in turn. */
export const ISSUE: Case = {
  name: 'issue',
  aim: 0.15,
  requests: (count, service) => Promise.resolve(issueRequests(count, service)),
  check: (answer) => {
    if (!answer.startsWith('HTTP/1.1 200 ')) return 'the status is not 200';
    return TOKEN.test(answer) ? undefined : 'there is no link';
  },
};

const TOKEN = /"url":"https:\/\/sso\.example\.com\/sign-in\?sso_token=(psso_[\w-]{49})"/;

function issueRequests(count: number, { ready: { port } }: Child): readonly Buffer[] {
  return Array.from({ length: count }, (_, index) => {
    const body = JSON.stringify({
      user_id: (index % USERS) + 1,
      destination: 'ac-ps-products',
      destination_values: [],
    });
    return Buffer.from(
      `POST /api/Clients/CreateClientSsoToken HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: */*\r\n` +
        `Content-Type: application/json\r\nApikey: ${API_KEY}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  });
}

/** `GET /sign-in` with a link that nobody has opened, as a browser asks for it that brings its cookie. */
export const OPEN: Case = {
  name: 'open',
  aim: 0.15,
  requests: async (count, service) => {
    const links = await issueLinks(count, service);
    return links.map(({ token, id }) => {
      const cookie = `Cookie: __Secure-plesk_sso_${id.slice(0, 8)}=${id}${NONCE}\r\n`;
      return Buffer.from(
        `GET /sign-in?sso_token=${token} HTTP/1.1\r\nHost: 127.0.0.1:${service.ready.port}\r\n${BROWSER}${cookie}\r\n`,
      );
    });
  },
  check: (answer) => {
    if (!answer.startsWith('HTTP/1.1 303 ')) return 'the status is not 303';
    return answer.includes(`\r\nLocation: ${DOOR}`) ? undefined : 'it leads elsewhere';
  },
};

const DOOR = `${PLESK}/enterprise/rsession_init.php?PLESKSESSID=0123456789abcdef0123456789abcdef&success_redirect_url=`;

/** What Chrome sends with a link that is followed from another site. */
const BROWSER = [
  'Connection: keep-alive',
  'Upgrade-Insecure-Requests: 1',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8',
  'Sec-Fetch-Site: cross-site',
  'Sec-Fetch-Mode: navigate',
  'Sec-Fetch-User: ?1',
  'Sec-Fetch-Dest: document',
  'Referer: https://billing.example.com/',
  'Accept-Encoding: gzip, deflate, br, zstd',
  'Accept-Language: en-GB,en;q=0.9,de;q=0.8',
]
  .map((line) => `${line}\r\n`)
  .join('');

/** Of the cookie that the service gave the browser before. */
const NONCE = '0123456789abcdef0123456789abcdef';

const CONNECTIONS = 10;

/** A link that was made. */
interface IssuedLink {
  readonly token: string;
  readonly id: string;
}

/** Has so many links made, each with a request of its own. */
export async function issueLinks(count: number, service: Child): Promise<readonly IssuedLink[]> {
  const links: IssuedLink[] = [];
  await run({
    port: service.ready.port,
    connections: CONNECTIONS,
    requests: issueRequests(count, service),
    check: (answer) => {
      const [, token] = TOKEN.exec(answer) ?? [];
      const [, id] = /"id":"([\da-f]{32})"/.exec(answer) ?? [];
      if (token === undefined || id === undefined) return 'there is no link';
      links.push({ token, id });
      return undefined;
    },
  });
  return links;
}
