import { escapeText } from './protocol/answer-xml.ts';
import type { Emulator } from './emulator.ts';
import { AGENT_PATH } from './http/agent-route.ts';
import { DOOR_PATH } from './http/door-route.ts';

/** What a start prints: the addresses, the credentials, and one line that makes a session and the URL to open. */
export function banner({ url, admin, release }: Emulator, version: string): string {
  const reachable = url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
  const browser = new URL(reachable).hostname.startsWith('[') ? '::1' : '127.0.0.1';
  const agent = quotedUrl(`${reachable}${AGENT_PATH}`);
  const packet = `<packet><server><create_session><login>${escapeText(admin.login)}</login><data><user_ip>${browser}</user_ip><source_server/></data></create_session></server></packet>`;
  return `plesk-emulator ${version} as ${release.title} (packet version ${release.protocol}): a test double, no Plesk product

  XML API   ${reachable}${AGENT_PATH}
  Panel     ${reachable}/
  Login     ${admin.login}
  Password  ${admin.password}

This makes a session and prints the URL that logs a browser in, once:

curl -s ${agent} -H ${quoted(`HTTP_AUTH_LOGIN: ${admin.login}`)} -H ${quoted(`HTTP_AUTH_PASSWD: ${admin.password}`)} -H 'Content-Type: text/xml' -d ${quoted(packet)} | sed -n 's|.*<id>\\(.*\\)</id>.*|${reachable}${DOOR_PATH}?PLESKSESSID=\\1|p'

Ready ${url}
`;
}

/** Some shells read brackets in a bare word as a pattern. */
const quotedUrl = (url: string): string => (url.includes('[') ? quoted(url) : url);

/** One word of a shell, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
