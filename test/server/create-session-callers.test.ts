import { expect, it } from 'vitest';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { DEMO, idOf, start, UP_TO_12_5 } from '../support/emulator.ts';
import { credentials, inServer, newToken, post, resultsIn, sessionPacket } from '../support/wire.ts';

const LOGINS = ['admin', 'rita', 'carl', 'cora'] as const;

/** Whom each may log in, on 17.0 and later: itself and its own. */
const OWN = {
  admin: ['admin', 'rita', 'carl', 'cora'],
  rita: ['rita', 'cora'],
  carl: ['carl'],
  cora: ['cora'],
} as const satisfies Record<(typeof LOGINS)[number], readonly string[]>;

it.each(RELEASE_NAMES.flatMap((name) => LOGINS.map((caller) => [name, caller] as const)))(
  'lets on %s %s log in whom it may',
  async (name, caller) => {
    const { plesk } = await start({ plesk: name });
    const may: readonly string[] = UP_TO_12_5.includes(name) && caller !== 'admin' ? [] : OWN[caller];

    for (const login of LOGINS) {
      const answer = await post(plesk, sessionPacket(login), credentials(DEMO[caller]));
      expect(resultsIn(answer), login).toEqual([may.includes(login) ? 'ok' : '1006 Permission denied.']);
    }

    expect((await plesk.sessions.list()).map(({ login }) => login)).toEqual(may);
  },
);

it('lets a reseller in no other reseller, and no customer of one', async () => {
  const { plesk } = await start({
    seed: {
      accounts: [
        { ...DEMO.rita, role: 'reseller' },
        { login: 'ralf', password: '12345', role: 'reseller' },
        { login: 'carl', password: '12345', role: 'customer', owner: 'ralf' },
      ],
    },
  });

  for (const login of ['ralf', 'carl']) {
    const answer = await post(plesk, sessionPacket(login), credentials(DEMO.rita));
    expect(resultsIn(answer)).toEqual(['1006 Permission denied.']);
  }
});

it('refuses the packet of a reseller who may not use the API, and of a suspended customer', async () => {
  const { plesk } = await start({
    seed: {
      accounts: [
        { ...DEMO.rita, role: 'reseller', remoteApi: false },
        { ...DEMO.sam, role: 'customer', status: 'suspended' },
      ],
    },
  });
  const ask = (caller: keyof typeof DEMO): Promise<string> =>
    post(plesk, sessionPacket(caller), credentials(DEMO[caller]));

  expect(await ask('rita')).toContain('<system><status>error</status><errcode>1006</errcode>');
  expect(await ask('sam')).toContain('<system><status>error</status><errcode>1011</errcode>');
  expect(await plesk.sessions.list()).toEqual([]);
});

const create = (login: string): string => `<create_session><login>${login}</login></create_session>`;

it('runs operators and operations in the order of the packet, and stops for none that fails', async () => {
  const { plesk } = await start();
  const packet = `<packet><server>${create('carl')}${create('nobody')}</server><session><get/></session><server>${create('rita')}</server><session><terminate><session-id>${idOf(1)}</session-id></terminate><terminate><session-id>none</session-id></terminate><get/></session></packet>`;

  const answer = await post(plesk, packet);

  const session = (count: number, type: string, login: string): string =>
    `<session><id>${idOf(count)}</id><type>${type}</type><ip-address>127.0.0.1</ip-address><login>${login}</login><login-time>2026-01-01T10:00:00</login-time><idle>2026-01-01T10:00:00</idle></session>`;
  const ok = (more = ''): string => `<result><status>ok</status>${more}</result>`;
  const error = (errcode: number, errtext: string): string =>
    `<result><status>error</status><errcode>${errcode}</errcode><errtext>${errtext}</errtext></result>`;
  expect(answer).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>\n<packet version="1.6.9.1">',
      `<server><create_session>${ok(`<id>${idOf(1)}</id>`)}</create_session>`,
      `<create_session>${error(1013, 'User does not exist')}</create_session></server>`,
      `<session><get>${ok(session(1, 'client', 'carl'))}</get></session>`,
      `<server><create_session>${ok(`<id>${idOf(2)}</id>`)}</create_session></server>`,
      `<session><terminate>${ok()}</terminate>`,
      `<terminate>${error(1013, 'Session does not exist')}</terminate>`,
      `<get>${ok(session(2, 'reseller', 'rita'))}</get></session></packet>\n`,
    ].join(''),
  );
});

it.each([
  ['an unknown operation', '<foo/>', '1014'],
  ['an unknown element', '<create_session><login>carl</login><data/></create_session>', '1014'],
  ['elements out of order', '<create_session><data/><login>carl</login></create_session>', '1014'],
  ['an inherited name', '<constructor/>', '1014'],
])('runs nothing of a packet with %s at its end', async (_what, operation, errcode) => {
  const { plesk } = await start();

  const answer = await post(plesk, inServer(`${create('carl')}${operation}`));

  expect(answer).toContain(`<system><status>error</status><errcode>${errcode}</errcode>`);
  expect(await plesk.sessions.list()).toEqual([]);
  expect(await newToken(plesk)).toBe(idOf(1));
});

it.each(['rita', 'carl'] as const)('lets %s neither list nor end sessions', async (caller) => {
  const { plesk } = await start();
  const token = await newToken(plesk, caller);
  const packet = `<packet><session><get/><terminate><session-id>${token}</session-id></terminate></session></packet>`;

  const answer = await post(plesk, packet, credentials(DEMO[caller]));

  expect(resultsIn(answer)).toEqual(['1006 Permission denied.', '1006 Permission denied.']);
  expect((await plesk.sessions.list()).map(({ id }) => id)).toEqual([token]);
});

it('lists no session where there is none, and ends one whose id has blanks around it', async () => {
  const { plesk } = await start();
  const get = '<packet><session><get/></session></packet>';
  expect(await post(plesk, get)).toContain(
    '<session><get><result><status>ok</status></result></get></session>',
  );

  const token = await newToken(plesk);
  const packet = `<packet><session><terminate><session-id>\n ${token}\t</session-id></terminate></session></packet>`;

  expect(resultsIn(await post(plesk, packet))).toEqual(['ok']);
  expect(resultsIn(await post(plesk, packet))).toEqual(['1013 Session does not exist']);
});
