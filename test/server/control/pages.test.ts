import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { PageWanted } from '../../../server/emulator.ts';
import { sendJson } from '../../../server/http/control-answers.ts';
import type { Controlled } from '../../support/control.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { newToken, post, sessionPacket } from '../../support/wire.ts';

type Plesk = Controlled['plesk'];
type Item = Readonly<Record<string, unknown>>;

/** Each list, what fills it, and what its cursor is. */
const LISTS: readonly (readonly [
  string,
  (plesk: Plesk) => Promise<unknown>,
  (plesk: Plesk, page: PageWanted) => Promise<readonly object[]>,
  string,
])[] = [
  ['accounts.list', () => Promise.resolve(), (plesk, page) => plesk.accounts.list(page), 'id'],
  ['secretKeys.list', (plesk) => plesk.secretKeys.add(), (plesk, page) => plesk.secretKeys.list(page), 'id'],
  ['sessions.list', (plesk) => newToken(plesk), (plesk, page) => plesk.sessions.list(page), 'serial'],
  [
    'faults.list',
    (plesk) => plesk.faults.add({ fault: 'hang', path: '/login.php' }),
    (plesk, page) => plesk.faults.list(page),
    'id',
  ],
  ['journal.find', (plesk) => newToken(plesk), (plesk, page) => plesk.journal.find(page), 'id'],
  [
    'unexpected',
    (plesk) => post(plesk, sessionPacket('carl', { skin: 'x' })),
    (plesk, page) => plesk.unexpected(page),
    'id',
  ],
];

describe.each(BOTH_WAYS)('a part of a list, %s', (_way, start) => {
  it.each(LISTS)('%s: all parts together are the whole', async (_name, fill, list, key) => {
    const { plesk } = await start();
    for (let times = 0; times < 5; times += 1) await fill(plesk);
    const whole = await list(plesk, {});

    const parts: (readonly object[])[] = [];
    let cursor: number | string | undefined;
    do {
      const part = await list(plesk, { limit: 2, cursor });
      parts.push(part);
      cursor = (part.at(-1) as Item | undefined)?.[key] as number | string | undefined;
    } while (parts.at(-1)?.length === 2);

    expect(whole.length).toBeGreaterThan(4);
    expect(parts.flat()).toEqual(whole);
    expect(parts.slice(0, -1).map(({ length }) => length)).toEqual(parts.slice(0, -1).map(() => 2));
  });

  it('goes on where the item of the cursor is gone', async () => {
    const { plesk } = await start();
    for (let times = 0; times < 3; times += 1) await newToken(plesk);
    const [first, second, third] = await plesk.sessions.list();
    await plesk.sessions.end(second?.id ?? '');

    expect(await plesk.sessions.list({ cursor: second?.serial })).toEqual([third]);
    expect(await plesk.sessions.list({ limit: 1 })).toEqual([first]);
  });

  it.each([
    [{ limit: 0 }, /limit/],
    [{ limit: -1 }, /limit/],
    [{ limit: 1.5 }, /limit/],
  ])('refuses %j', async (page, says) => {
    const { plesk } = await start();

    await expect(plesk.accounts.list(page)).rejects.toThrow(says);
  });

  it('refuses a cursor that names no key', async () => {
    const { plesk } = await start();
    await plesk.secretKeys.add();

    await expect(plesk.secretKeys.list({ cursor: 'nothing' })).rejects.toThrow(/cursor: 'nothing'/);
  });

  it('answers entries before another', async () => {
    const { plesk } = await start();
    for (let times = 0; times < 5; times += 1) await newToken(plesk);

    expect((await plesk.journal.find({ before: 4, last: 2 })).map(({ id }) => id)).toEqual([2, 3]);
  });
});

it('says of a list that is too large for one response what to do', async () => {
  const { plesk } = await BOTH_WAYS[0][1]();
  const tooLarge = {
    toJSON: () => {
      throw new RangeError('Invalid string length');
    },
  };

  expect(() => {
    sendJson(new ServerResponse(new IncomingMessage(new Socket())), plesk as never, 200, tooLarge);
  }).toThrow(/limit and cursor/);
});
