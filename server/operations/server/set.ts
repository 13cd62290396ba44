import { Secret } from '../../../base/secret.ts';
import { Fault, FAULTS } from '../../protocol/faults.ts';
import { ok } from '../../protocol/result.ts';
import { isTrue, SERVER_PREFS } from '../../protocol/server-types.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented } from '../../protocol/source.ts';
import { CREDENTIAL_SETTING, passwordMistake } from '../../state/credential-rules.ts';
import { defineOperation } from '../define.ts';
import { administratorOf } from './administrator.ts';
import type { ModelOf } from '../request-models/index.ts';
import type { AdminChange } from './set-admin.ts';
import { readAdminPart } from './set-admin.ts';

export const SERVER_SET_RULES: readonly Rule[] = [
  {
    id: 'server-set/password',
    source: documented(
      'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
      "the administrator's, 5 to 255 characters; from the next packet on",
    ),
  },
  {
    id: 'server-set/login-timeout',
    source: assumed('nobody has recorded it', 'sessions that are there get the new idle time at once'),
  },
  {
    id: 'server-set/prefs',
    source: assumed(
      'nobody has recorded it',
      'kept and shown, without an effect; smtp_password is taken and forgotten',
    ),
  },
];

export const setServer = defineOperation({
  operator: 'server',
  name: 'set',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'six parts, each once at most, in any order; login_timeout 1 to 99999',
  ),
  callers: 'administrator',
  unread: ({ prefs: given = {} }) =>
    Object.keys(given)
      .filter((name) => !Object.hasOwn(SERVER_PREFS, name))
      .map((name) => `prefs/${name}`),
  run(input, call) {
    const { panel, remark } = call;
    const { server, accounts } = panel;
    const admin = input.admin === undefined ? UNCHANGED : readAdminPart(input.admin, panel);
    if (admin instanceof Fault) return admin;
    const administrator = administratorOf(call);
    const mistake =
      input.password === undefined
        ? undefined
        : passwordMistake({ login: administrator.login, password: input.password }, panel.settings);
    if (mistake !== undefined)
      return FAULTS.invalidValue(`The password is invalid: ${mistake}`, CREDENTIAL_SETTING);
    const password = input.password === undefined ? {} : { password: new Secret(input.password) };
    accounts.update(administrator.id, { ...admin.account, ...password });

    const { prefs: given, session_setup: session, mode, 'external-id': externalId } = input;
    const timeout = session?.login_timeout;
    server.change({
      ...admin.settings,
      ...(given === undefined ? {} : { prefs: { ...server.now.prefs, ...shown(given) } }),
      ...(timeout === undefined ? {} : { loginTimeout: Number(timeout) }),
      ...(externalId === undefined ? {} : { externalId: externalId === '' ? undefined : externalId }),
      ...(mode === undefined ? {} : { mode: mode === 'poweruser' ? mode : 'standard' }),
    });
    remark(`set ${Object.keys(input).join(', ') || 'nothing'}`);
    return ok();
  },
});

const UNCHANGED: AdminChange = { account: {}, settings: {} };

/** Preferences as an answer shows them. */
function shown(given: ModelOf<'server', 'prefs'>): Readonly<Record<string, string>> {
  const values: Readonly<Record<string, string | undefined>> = given;
  const pairs = Object.entries(SERVER_PREFS).flatMap(([name, type]) => {
    const value = values[name];
    if (value === undefined) return [];
    return [[name, type.isTruth === true ? String(isTrue(value)) : value]];
  });
  return Object.fromEntries(pairs) as Record<string, string>;
}
