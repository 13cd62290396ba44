import type { Panel } from '../state/panel.ts';
import { ADMIN } from '../state/seed-state.ts';
import type { Arrival, PacketArrival, VisitArrival } from './journal.ts';
import { isSecret, isSecretName, nameOf, secretsIn } from './masking.ts';
import { isSecretHeader } from './secret-names.ts';

/** The secrets that may stand anywhere in a packet and its answer; `body` is its text. */
export const secretsOfPacket = (arrival: PacketArrival, body: string): readonly string[] => [
  ...secretHeaders(arrival),
  ...secretsIn(body),
  ...secretValues(arrival.answered?.operations),
  ...passwordsFor(arrival),
];

/** The secrets that may stand anywhere in a browser's request and its answer. */
export const secretsOfVisit = (arrival: VisitArrival): readonly string[] => [
  ...secretHeaders(arrival),
  ...[...arrival.params].flatMap(([name, value]) => (isSecretName(name) ? [value] : [])),
  ...passwordsFor(arrival),
];

/** The decoded texts that stand under the name of a secret, however the packet spelled them. */
function secretValues(from: unknown, name = ''): readonly string[] {
  if (typeof from === 'string') return isSecret(name, from) ? [from] : [];
  if (typeof from !== 'object' || from === null) return [];
  if (Array.isArray(from)) return from.flatMap((one) => secretValues(one, name));
  return Object.entries(from).flatMap(([key, inner]) =>
    key === 'operation' || key === 'results' || key === 'done' ? [] : secretValues(inner, nameOf(key, from)),
  );
}

/** What stands in headers under the name of a secret, and the credentials and password in one that has a scheme. */
function secretHeaders({ headers, panel }: Arrival): readonly string[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (!isSecretHeader(name) || typeof value !== 'string') return [];
    if (isNoSecret(value, panel)) return [];
    const [, scheme, credentials = ''] = /^(\w+)\s+(\S+)$/.exec(value) ?? [];
    const [, ...password] =
      scheme?.toLowerCase() === 'basic' ? Buffer.from(credentials, 'base64').toString().split(':') : [];
    return [value, credentials, Buffer.from(value, 'latin1').toString(), password.join(':')];
  });
}

/** What everybody may see anyway: a login that is its own password, the id of a key. */
const isNoSecret = (text: string, { accounts, secretKeys }: Panel): boolean =>
  accounts.byLogin(text) !== undefined || secretKeys.get(text) !== undefined;

/** The passwords of the administrator and of whoever is named, which may stand anywhere. */
function passwordsFor(arrival: Arrival): readonly string[] {
  const { accounts } = arrival.panel;
  const header = arrival.headers['http_auth_login'] ?? arrival.headers['http-auth-login'];
  const logins =
    arrival.kind === 'browser'
      ? [arrival.login, arrival.params.get('login_name'), arrival.params.get('login')]
      : [arrival.answered?.caller, typeof header === 'string' ? header : undefined];
  return [ADMIN, ...logins].flatMap((login = '') => {
    const password = accounts.byLogin(login)?.password.reveal();
    return password === undefined || isNoSecret(password, arrival.panel) ? [] : [password];
  });
}
