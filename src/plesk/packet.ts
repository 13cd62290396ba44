import type { Release } from './releases.ts';
import type { SessionRequest } from './plesk.ts';

/** Whether XML 1.0 can hold a text: no control characters but tab and line ends, no halves of a pair. */
export const isXmlText = (text: string): boolean => XML_TEXT.test(text);

const XML_TEXT = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

/**
 * Asks for a session. What belongs to the browser goes as base64, in the order of the schema; the login goes as it is,
 * and has to be a text that XML can hold.
 */
export function createSessionPacket(release: Release, request: SessionRequest): string {
  const { login, userIp, sourceServer, locale } = request;
  const data = [
    element('user_ip', base64(userIp)),
    element('source_server', base64(sourceServer)),
    ...(locale === undefined ? [] : [element('locale_id', base64(locale))]),
  ];
  const operation = element('create_session', element('login', escaped(login)), element('data', ...data));
  return packet(release, element('server', operation));
}

/** Asks to end a session. */
export const terminatePacket = (release: Release, sessionId: string): string =>
  packet(release, element('session', element('terminate', element('session-id', escaped(sessionId)))));

/** Asks for the name of the host and the version of the panel. */
export const identifyPacket = (release: Release): string =>
  packet(release, element('server', element('get', '<gen_info/>', '<stat/>')));

const packet = ({ packet: version }: Release, operator: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<packet version="${version}">${operator}</packet>\n`;

const element = (name: string, ...content: readonly string[]): string =>
  `<${name}>${content.join('')}</${name}>`;

/** A reader makes a line feed of a bare carriage return; as a reference it stays one. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');

const base64 = (text: string): string => Buffer.from(text).toString('base64');
