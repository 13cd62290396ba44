import { request } from 'node:http';
import type { Emulator } from '../../server/emulator.ts';
import { credentials, inServer } from './wire.ts';

/** What the agent answered. */
export interface Answered {
  readonly body: string;
  /** errcode and errtext of the fault that answers for the packet. */
  readonly fault: string | undefined;
  /** The header Emulator-Reason, decoded. */
  readonly reason: string | undefined;
}

/** Posts a packet with these credentials (the administrator's without any), from an address of this machine. */
export function ask(
  plesk: Pick<Emulator, 'url' | 'admin'>,
  packet: string,
  headers: Readonly<Record<string, string>> = credentials(plesk.admin),
  localAddress = '127.0.0.1',
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${plesk.url}/enterprise/control/agent.php`,
      { method: 'POST', agent: false, localAddress, headers: { 'Content-Type': 'text/xml', ...headers } },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => (body += text));
        response.on('error', reject);
        response.on('end', () => {
          const [, errcode = '', errtext = ''] = SYSTEM.exec(body) ?? [];
          const reason = response.headers['emulator-reason'];
          resolve({
            body,
            fault: errcode === '' ? undefined : `${errcode} ${errtext}`,
            reason: typeof reason === 'string' ? decodeURIComponent(reason) : undefined,
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(packet);
  });
}

const SYSTEM = /<system><status>error<\/status><errcode>(\d+)<\/errcode><errtext>([^<]*)<\/errtext>/;

/** The texts of all elements of a name, in their order. */
export const textsOf = (body: string, name: string): readonly string[] =>
  [...body.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text);

/** A packet with these operations of `secret_key`. */
export const inSecretKey = (operations: string): string =>
  `<packet><secret_key>${operations}</secret_key></packet>`;

/** get_info or delete with these keys in its filter. */
export const keyFilter = (operation: 'get_info' | 'delete', ...keys: readonly string[]): string =>
  inSecretKey(
    `<${operation}><filter>${keys.map((key) => `<key>${key}</key>`).join('')}</filter></${operation}>`,
  );

/** Makes a secret key as the administrator; `children` are those of create. */
export async function newKey(plesk: Emulator, children = ''): Promise<string> {
  const { body } = await ask(plesk, inSecretKey(`<create>${children}</create>`));
  const [key] = textsOf(body, 'key');
  if (key === undefined) throw new Error(`no key in ${body}`);
  return key;
}

/** What one dataset of server/get holds, as the administrator sees it. */
export async function dataset(plesk: Emulator, name: string): Promise<string> {
  const { body } = await ask(plesk, inServer(`<get><${name}/></get>`));
  const [, inner] = new RegExp(`<status>ok</status><${name}>(.*)</${name}></result>`).exec(body) ?? [];
  if (inner === undefined) throw new Error(`no ${name} in ${body}`);
  return inner;
}
