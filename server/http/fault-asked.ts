import type { IncomingMessage } from 'node:http';
import type { Asked } from '../control/fault-rules.ts';
import { readCookie, sessionCookieName } from '../panel/cookies.ts';
import type { BrowserRequest } from '../panel/door.ts';
import { readText } from '../protocol/text-decoding.ts';
import { readXml, Unreadable } from '../protocol/xml.ts';
import type { Panel } from '../state/panel.ts';
import { headerText, pathOf, peerOf, phpHeader } from './request.ts';

/** What a packet asks for, before Plesk has looked at it. */
export const askedByPacket = (request: IncomingMessage, body: Buffer | Unreadable, panel: Panel): Asked => ({
  path: pathOf(request),
  peer: peerOf(request),
  logins: callerOf(request, panel),
  operations: operationsIn(body),
});

function callerOf(request: IncomingMessage, { accounts, secretKeys }: Panel): readonly string[] {
  const key = headerText(request, 'key');
  if (key === undefined) return [phpHeader(request, 'http_auth_login') ?? ''];
  const found = secretKeys.byKey(key);
  const account = found === undefined ? undefined : accounts.get(found.accountId);
  return account === undefined ? [] : [account.login];
}

function operationsIn(body: Buffer | Unreadable): readonly string[] {
  const text = body instanceof Unreadable ? body : readText(body);
  const packet = text instanceof Unreadable ? text : readXml(text);
  if (packet instanceof Unreadable) return [];
  return packet.children.flatMap((operator) =>
    operator.children.map((operation) => `${operator.name}/${operation.name}`),
  );
}

/** What a browser asks for. */
export const askedByBrowser = (request: IncomingMessage, browser: BrowserRequest, panel: Panel): Asked => ({
  path: pathOf(request),
  peer: browser.address,
  logins: usersOf(browser, panel),
  operations: undefined,
});

/** Of the token that it opens, of the session that it is in, and the name that it logs in with. */
function usersOf({ params, cookie, isSecure }: BrowserRequest, panel: Panel): readonly string[] {
  const { sessions, clock, release } = panel;
  const ids = [
    params.get('PLESKSESSID'),
    params.get('PHPSESSID'),
    readCookie(cookie, sessionCookieName(release, isSecure)),
  ];
  const owners = ids.flatMap((id) => {
    const found = id === undefined ? undefined : sessions.find(id, clock.now());
    return found === undefined || found.state === 'unknown' ? [] : [found.session.login];
  });
  const name = params.get('login_name') ?? params.get('login');
  return name === undefined ? owners : [...owners, name];
}
