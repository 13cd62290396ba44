import { helpForAccountValue } from './account-values.ts';
import { helpForAccountDenied } from './accounts.ts';
import type { Case } from './case.ts';
import { fieldOf, headerOf } from './case.ts';
import { activationOf, helpForLogin } from './logins.ts';
import { formOfToken } from './token-form.ts';

/** Help for an API that is closed. */
export const helpForClosedApi = ({ arrival }: Case): readonly string[] =>
  arrival.panel.settings.api
    ? [`settings.set({ apiAllowedIps: [..., '${arrival.peer}'] }) lets it in, null all addresses`]
    : ['settings.set({ api: true }) switches it on'];

/** Help for something that is not for whoever asked. */
export function helpForPermission(one: Case): readonly string[] {
  const { arrival, fault, performed } = one;
  const { panel, answered, release } = arrival;
  const { detail = '' } = fault;
  if (detail.endsWith('may not use the remote API')) {
    const login = headerOf(arrival, 'http_auth_login') ?? 'the reseller';
    return [`accounts.change('${login}', { remoteApi: true }) lets it use the API`];
  }
  if (detail.endsWith('is for the administrator'))
    return [
      `${performed?.name ?? 'it'} wants the administrator's credentials; ${answered?.caller ?? 'the caller'} is none`,
    ];
  if (detail.includes('only the administrator makes sessions'))
    return [
      `on Plesk ${release.plesk} call as the administrator; from 17.0 on resellers and customers may ask for their own`,
    ];
  const denied = helpForAccountDenied(one);
  if (denied !== undefined) return denied;
  const login = fieldOf(one, 'login') ?? '';
  const account = panel.accounts.byLogin(login);
  if (account === undefined) return [];
  const owner = account.ownerId === undefined ? undefined : panel.accounts.get(account.ownerId)?.login;
  const whose = owner === undefined ? `'${login}' belongs to nobody` : `'${login}' belongs to '${owner}'`;
  return [
    `${whose}: call as ${owner === undefined || owner === 'admin' ? 'the administrator' : `'${owner}' or the administrator`}`,
  ];
}

/** Help for an account that is suspended. */
export function helpForSuspended(one: Case): readonly string[] {
  const login = one.performed === undefined ? callerOf(one) : (fieldOf(one, 'login') ?? '');
  return [activationOf(login, one.arrival.panel)];
}

/** Help for a login that is locked. */
export function helpForLocked(one: Case): readonly string[] {
  const { lockoutMinutes } = one.arrival.panel.settings;
  return [
    `clock.advance('${lockoutMinutes}m') waits its end out; settings.set({ lockoutAttempts: null }) locks nobody`,
  ];
}

/** Help for an administrator who is in already. */
export const helpForMultiple = (): readonly string[] => [
  'sessions.end(id) ends the other session (sessions.list() has it); server/set with admin_multiple_sessions allows both',
];

/** Help for a login that there is not. */
export const helpForNoUser = (one: Case): readonly string[] =>
  helpForLogin(fieldOf(one, 'login') ?? '', one.arrival.panel);

/** Help for a session that there is not. */
export function helpForNoSession(one: Case): readonly string[] {
  const { panel } = one.arrival;
  const id = fieldOf(one, 'session-id') ?? '';
  const form = formOfToken(id);
  if (form !== undefined) return [`no session's id looks so: ${form}`];
  const found = panel.sessions.find(id, panel.clock.now());
  return found.state === 'unknown'
    ? ['it was not made by this emulator, or before its start or last reset']
    : [`it has ended: explain(id) tells its life`];
}

/** Help for a key that there is not. */
export function helpForNoKey({ arrival }: Case): readonly string[] {
  const ids = [...arrival.panel.secretKeys.all()].map(({ id }) => id);
  return [
    ids.length === 0
      ? 'there is no secret key here'
      : `the keys here have the ids ${ids.slice(0, 8).join(', ')}`,
  ];
}

/** Help for a value that is none. */
export function helpForValue(one: Case): readonly string[] {
  const { fault } = one;
  if (fault.errtext.startsWith('user_ip is neither'))
    return [
      `user_ip is '${fieldOf(one, 'data', 'user_ip') ?? ''}': it takes the browser's address, such as 192.0.2.1, 2001:db8::1 or the base64 of one, without a port`,
    ];
  if (fault.errtext === 'user_ip is empty')
    return [
      "user_ip takes the browser's address; settings.set({ emptyUserIp: 'caller' }) takes the caller's for an empty one",
    ];
  if (fault.errtext.endsWith('is no IP address'))
    return ['ip_address takes IP addresses with commas between, without ports and masks'];
  return helpForAccountValue(one);
}

function callerOf({ arrival }: Case): string {
  const key = arrival.panel.secretKeys.byKey(headerOf(arrival, 'key') ?? '');
  const account = key === undefined ? undefined : arrival.panel.accounts.get(key.accountId);
  return account?.login ?? headerOf(arrival, 'http_auth_login') ?? '';
}
