import { escapeText } from './protocol/answer-xml.ts';
import type { Settings } from './config.ts';
import type { Emulator } from './emulator.ts';
import { AGENT_PATH } from './http/agent-route.ts';
import { CONTROL_PATH } from './http/control-routes.ts';
import { DOOR_PATH } from './http/door-route.ts';
import { isLoopbackAddress } from '../base/addresses.ts';
import type { Shell } from '../base/shell.ts';
import { quotedFor } from '../base/shell.ts';
import { packageVersion } from '../base/version.ts';

/** What a banner is for. */
interface Start {
  /** The release that was asked for, as it was written. */
  readonly asked: unknown;
  /** The shell that its command is for. */
  readonly shell: Shell;
}

/** What a start prints: the addresses, the credentials, and one line that makes a session and the URL to open. */
export function banner(
  emulator: Pick<Emulator, 'url' | 'httpsUrl' | 'admin' | 'release'>,
  { host, https, tlsCert, controlToken }: Pick<Settings, 'host' | 'https' | 'tlsCert' | 'controlToken'>,
  { asked, shell }: Start,
): string {
  const { url, admin, release } = emulator;
  const secure = https ? emulator.httpsUrl : undefined;
  const browser = new URL(url).hostname.startsWith('[') ? '::1' : '127.0.0.1';
  const packet = `<packet><server><create_session><login>${escapeText(admin.login)}</login><data><user_ip>${browser}</user_ip><source_server/></data></create_session></server></packet>`;
  const rows = [
    ['XML API', `${url}${AGENT_PATH}`],
    ...(secure === undefined ? [] : [['', `${secure}${AGENT_PATH}`]]),
    ['Panel', `${url}/`],
    ...(secure === undefined ? [] : [['', `${secure}/`]]),
    ['Inspector', inspectorOf(url, host, controlToken)],
    ['Login', admin.login],
    ['Password', admin.password],
    ...(secure === undefined || tlsCert !== undefined
      ? []
      : [['CA', `${url}${CONTROL_PATH}/ca.pem, which clients of HTTPS have to trust`]]),
  ];
  return `plesk-emulator ${packageVersion()} as ${release.title} (packet version ${release.protocol}): a test double, no Plesk product
${insteadOf(asked, release)}
${rows.map(([name = '', value = '']) => `  ${name.padEnd(9)} ${value}`).join('\n')}

This makes a session and prints the URL that logs a browser in, once:

${COMMANDS[shell](url, admin, packet)}

Ready ${url}
`;
}

/** That a release stands for the version that was asked for. */
const insteadOf = (asked: unknown, { plesk }: Emulator['release']): string =>
  typeof asked !== 'string' || asked === plesk
    ? ''
    : `Emulates ${plesk} for ${asked}, the nearest release that it has (--plesk)\n`;

/** One line that makes a session and prints the URL to open. */
const COMMANDS: Readonly<Record<Shell, (url: string, admin: Emulator['admin'], packet: string) => string>> = {
  posix: (url, { login, password }, packet) => {
    const quoted = (text: string): string => quotedFor('posix', text);
    // Some shells read brackets in a bare word as a pattern.
    const agent = url.includes('[') ? quoted(`${url}${AGENT_PATH}`) : `${url}${AGENT_PATH}`;
    return `curl -s ${agent} -H ${quoted(`HTTP_AUTH_LOGIN: ${login}`)} -H ${quoted(`HTTP_AUTH_PASSWD: ${password}`)} -H 'Content-Type: text/xml' -d ${quoted(packet)} | sed -n 's|.*<id>\\(.*\\)</id>.*|${url}${DOOR_PATH}?PLESKSESSID=\\1|p'`;
  },
  powershell: (url, { login, password }, packet) => {
    const quoted = (text: string): string => quotedFor('powershell', text);
    const headers = `@{ HTTP_AUTH_LOGIN = ${quoted(login)}; HTTP_AUTH_PASSWD = ${quoted(password)} }`;
    return `$answer = Invoke-RestMethod ${quoted(`${url}${AGENT_PATH}`)} -Method Post -Headers ${headers} -ContentType 'text/xml' -Body ${quoted(packet)}; ${quoted(`${url}${DOOR_PATH}?PLESKSESSID=`)} + $answer.packet.server.create_session.result.id`;
  },
};

/** Where tests and people look into it, or why they cannot. */
function inspectorOf(url: string, host: string, token: string | undefined): string {
  if (token !== undefined) return `${url}${CONTROL_PATH}/, with the token as password`;
  const isServed = host === 'localhost' || isLoopbackAddress(host);
  return isServed ? `${url}${CONTROL_PATH}/` : `off: ${host} is more than loopback, it wants --control-token`;
}
