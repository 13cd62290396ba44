import { describe, expect, it } from 'vitest';
import type { ControlError, FaultInput } from '../../../server/emulator.ts';
import { browse } from '../../support/browse.ts';
import { BOTH_WAYS } from '../../support/control.ts';

const REFUSED: readonly (readonly [string, object, number, RegExp])[] = [
  ['no fault', {}, 400, /^fault: a rule says what goes wrong; there are errcode, status, .*certificate$/],
  [
    'an unknown fault',
    { fault: 'reste' },
    400,
    /^fault: there is no fault 'reste'; do you mean reset\? there are/,
  ],
  [
    'an unknown operation',
    { fault: 'hang', operation: 'server/create_sesion' },
    400,
    /^operation: Plesk has no operation 'server\/create_sesion'; do you mean server\/create_session\?$/,
  ],
  [
    'an unknown operator',
    { fault: 'hang', operation: 'servers/*' },
    400,
    /^operation: Plesk has no operation/,
  ],
  [
    'an errcode that Plesk has not',
    { fault: 'errcode', errcode: 1016 },
    400,
    /^errcode: Plesk has no errcode 1016; there are 1001 \(authentication failed, wrong password\), 1002 .*14009/,
  ],
  [
    'a login that is not there',
    { fault: 'hang', login: 'carla' },
    400,
    /^login: there is no account 'carla'; do you mean carl\? there are admin, rita/,
  ],
  [
    'a peer that is no address',
    { fault: 'hang', peer: 'localhost' },
    400,
    /^peer: 'localhost' is no IP address/,
  ],
  [
    'a path that is none of Plesk',
    { fault: 'hang', path: '/login_up' },
    400,
    /^path: Plesk has no '\/login_up' here; do you mean \/login_up\.php\? there are/,
  ],
  [
    'a path of the control',
    { fault: 'hang', path: '/_emulator/*' },
    400,
    /^path: Plesk has no '\/_emulator\/\*' here/,
  ],
  [
    'a path with a query',
    { fault: 'hang', path: '/login_up.php?a' },
    400,
    /^path: a rule asks for a path without its query$/,
  ],
  [
    'an operation at a door',
    { fault: 'hang', operation: 'server/get', path: '/login_up.php' },
    400,
    /^operation: only packets have operations, and they come on \/enterprise\/control\/agent\.php/,
  ],
  [
    'an errcode at a door',
    { fault: 'errcode', errcode: 1023, path: '/smb/*' },
    400,
    /^path: only packets have an errcode/,
  ],
  [
    'a field of no fault',
    { fault: 'hang', colour: 'red' },
    400,
    /^colour: no fault has it; there are fault, operation/,
  ],
  [
    'a field of another fault',
    { fault: 'status', status: 503, bytes: 3 },
    400,
    /^bytes: it belongs to truncated, oversized, slow, not to status;/,
  ],
  ['a status that is no error', { fault: 'status', status: 200 }, 400, /^status: /],
  ['a fault without what it needs', { fault: 'delay' }, 400, /^ms: /],
  ['times 0', { fault: 'hang', times: 0 }, 400, /^times: /],
  [
    'an answer to spoil, and nothing done',
    { fault: 'truncated', afterChange: false },
    400,
    /^afterChange: truncated spoils a real answer, so what was asked for is always done/,
  ],
  [
    'a reset in the middle, and nothing done',
    { fault: 'reset', at: 'middle', afterChange: false },
    400,
    /^afterChange: reset in the middle spoils/,
  ],
  [
    'a certificate for a login',
    { fault: 'certificate', certificate: 'expired', login: 'carl' },
    400,
    /^login: a certificate is chosen before anything is asked for; peer is its only condition$/,
  ],
  [
    'a certificate without HTTPS',
    { fault: 'certificate', certificate: 'expired' },
    409,
    /^fault: HTTPS is off/,
  ],
];

describe.each(BOTH_WAYS)('the rules of faults, %s', (_way, start) => {
  it.each(REFUSED)('refuses %s', async (_case, input, status, why) => {
    const { plesk } = await start();

    const error = await plesk.faults.add(input as FaultInput).then(
      () => undefined,
      (thrown: unknown) => thrown as ControlError,
    );

    expect(error).toMatchObject({ name: 'ControlError', status });
    expect(error?.mistakes).toEqual([expect.stringMatching(why)]);
    expect(await plesk.faults.list()).toEqual([]);
  });

  it.each([
    { fault: 'errcode', errcode: 11003, on: 'packet', operation: 'server/*' },
    { fault: 'hang', path: '/enterprise/control/agent.php', operation: 'server/get' },
    { fault: 'html', path: '/smb/anything/below' },
    { fault: 'html', path: '/sm*' },
    { fault: 'html', path: '*' },
    { fault: 'slow', bytes: 1, ms: 10, afterChange: true },
  ] as const)('takes %o as it is', async (fault) => {
    const { plesk } = await start();

    expect(await plesk.faults.add(fault)).toEqual({ ...fault, id: 'fault-1', seen: 0, fired: 0 });
  });

  it('removes one, and says which there are where there is no such rule', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'hang' });
    await plesk.faults.add({ fault: 'html' });

    await plesk.faults.remove('fault-1');

    expect((await plesk.faults.list()).map(({ id }) => id)).toEqual(['fault-2']);
    await expect(plesk.faults.remove('fault-1')).rejects.toThrow(
      "id: there is no fault 'fault-1'; there are fault-2",
    );
    expect((await browse(`${plesk.url}/login_up.php`)).body).toContain('being updated');
    await plesk.faults.clear();
    expect((await browse(`${plesk.url}/login_up.php`)).body).not.toContain('being updated');
  });

  it('comes back with its counts by a rollback and by a snapshot, and goes by a reset', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'status', status: 500, times: 1 });
    const before = await plesk.faults.list();
    await plesk.snapshot('fresh');
    await plesk.mark();
    await browse(`${plesk.url}/login_up.php`);
    await plesk.faults.add({ fault: 'hang', after: 100 });
    expect(await plesk.faults.list()).toMatchObject([{ seen: 1, fired: 1 }, { id: 'fault-2' }]);

    await plesk.rollback();
    expect(await plesk.faults.list()).toEqual(before);
    expect((await browse(`${plesk.url}/login_up.php`)).status).toBe(500);

    await plesk.faults.clear();
    await plesk.restore('fresh');
    expect(await plesk.faults.list()).toEqual(before);

    await plesk.reset();
    expect(await plesk.faults.list()).toEqual([]);
  });
});
