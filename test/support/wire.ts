import { connect } from 'node:net';
import type { Emulator } from '../../server/emulator.ts';

/** Posts a packet as the administrator, with any headers besides, and answers the body. */
export async function post(
  plesk: Pick<Emulator, 'url' | 'admin'>,
  packet: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const response = await fetch(`${plesk.url}/enterprise/control/agent.php`, {
    method: 'POST',
    body: packet,
    headers: {
      'Content-Type': 'text/xml',
      HTTP_AUTH_LOGIN: plesk.admin.login,
      HTTP_AUTH_PASSWD: plesk.admin.password,
      ...headers,
    },
  });
  return response.text();
}

/** The session token of an answer. */
export function tokenIn(answer: string): string {
  const token = /<id>([\da-f]{32})<\/id>/.exec(answer)?.[1];
  if (token === undefined) throw new Error(`no token in ${answer}`);
  return token;
}

/** Sends bytes to an emulator as they are, and answers all that comes back until it closes the connection. */
export function sendRaw(plesk: Emulator, ...parts: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(plesk.url);
    const socket = connect(Number(port), hostname, () => {
      for (const part of parts) socket.write(part);
    });
    let received = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (received += text));
    socket.on('close', () => {
      resolve(received);
    });
    socket.on('error', reject);
  });
}

/** The children of create_session's data in the order of the schema. */
const DATA =
  'user_ip c_email c_phone starting_url source_server navigation pathbar logo_img_url logo_img_ref locale_id skin domain_name disable_lock_screen max_button_length back_url'.split(
    ' ',
  );

/** A create_session packet; without a word of them, user_ip is this machine's and source_server empty. */
export function sessionPacket(login: string, data: Readonly<Record<string, string>> = {}): string {
  const given: Readonly<Record<string, string>> = { user_ip: '127.0.0.1', source_server: '', ...data };
  const children = DATA.flatMap((name) => {
    const value = given[name];
    return value === undefined ? [] : [`<${name}>${escapeXml(value)}</${name}>`];
  });
  return inServer(
    `<create_session><login>${escapeXml(login)}</login><data>${children.join('')}</data></create_session>`,
  );
}

/** A packet with these operations of `server`. */
export const inServer = (operations: string): string => `<packet><server>${operations}</server></packet>`;

/** Makes a session as the administrator, and answers its token. */
export async function newToken(
  plesk: Pick<Emulator, 'url' | 'admin'>,
  login = 'carl',
  data: Readonly<Record<string, string>> = {},
): Promise<string> {
  return tokenIn(await post(plesk, sessionPacket(login, data)));
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The headers of a caller. */
export const credentials = (caller: {
  readonly login: string;
  readonly password: string;
}): Record<string, string> => ({ HTTP_AUTH_LOGIN: caller.login, HTTP_AUTH_PASSWD: caller.password });

/** What became of each operation of an answer: `ok`, or errcode and errtext. */
export const resultsIn = (answer: string): string[] =>
  [
    ...answer.matchAll(
      /<result><status>(ok|error)<\/status>(?:<errcode>(\d+)<\/errcode><errtext>([^<]*)<\/errtext>)?/g,
    ),
  ].map(([, status = '', errcode, errtext = '']) =>
    errcode === undefined ? status : `${errcode} ${errtext}`,
  );
