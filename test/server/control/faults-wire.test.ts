import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { bytesOf, sendBytesTo } from '../../support/bytes-back.ts';
import type { Sent } from '../../support/bytes-back.ts';
import type { Controlled } from '../../support/control.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { startEmulator } from '../../../server/emulator.ts';
import { credentials, sessionPacket, tokenIn } from '../../support/wire.ts';

type Plesk = Pick<Controlled['plesk'], 'url' | 'admin'>;

const sendPacket = (plesk: Plesk, packet = sessionPacket('carl')): Sent => {
  const url = `${plesk.url}/enterprise/control/agent.php`;
  return sendBytesTo(url, bytesOf(url, credentials(plesk.admin), packet));
};

/** Longer than any test. */
const A_DAY = 86_400_000;

describe.each(BOTH_WAYS)('faults of the wire, %s', (_way, start) => {
  it('resets the connection before the answer, and does nothing', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'reset', times: 1 });

    const sent = sendPacket(plesk);

    expect(await sent.back).toMatchObject({ end: 'reset', status: 0 });
    expect(sent.received()).toBe(0);
    expect(await plesk.sessions.list()).toEqual([]);
    expect((await sendPacket(plesk).back).end).toBe('whole');
  });

  it('makes the session and loses the answer by a reset', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'reset', afterChange: true });

    const sent = sendPacket(plesk);

    expect(await sent.back).toMatchObject({ end: 'reset' });
    expect(sent.received()).toBe(0);
    expect(await plesk.sessions.list()).toMatchObject([{ login: 'carl', state: 'token' }]);
    expect(await plesk.journal.packets()).toMatchObject([{ outcome: 'unanswered', faults: ['fault-1'] }]);
  });

  it('resets the connection in the middle of the answer', async () => {
    const { plesk } = await start();
    const { length } = (await sendPacket(plesk).back).body;
    await plesk.faults.add({ fault: 'reset', at: 'middle' });

    const { end, status, headers, body } = await sendPacket(plesk).back;

    expect({ end, status }).toEqual({ end: 'reset', status: 200 });
    expect(headers['content-length']).toBe(String(length));
    expect(body).toHaveLength(Math.floor(length / 2));
    expect(await plesk.sessions.list()).toHaveLength(2);
  });

  it('answers late, and others meanwhile', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'delay', ms: 400, times: 1 });
    const order: string[] = [];
    const late = sendPacket(plesk).back.then((back) => {
      order.push('late');
      return back;
    });
    // It has come: the next one is not the first.
    await expect.poll(async () => (await plesk.faults.list())[0]?.fired).toBe(1);
    await sendPacket(plesk).back;
    order.push('other');

    const { body, headers } = await late;

    expect(tokenIn(body.toString())).toMatch(/^[\da-f]{32}$/);
    expect(headers['emulator-reason']).toBe('a test wants it: fault-1, delay of 400 ms');
    expect(order).toEqual(['other', 'late']);
  });

  it('does nothing for a client that does not wait until a delay is over', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'delay', ms: A_DAY, times: 1 });
    const { socket } = sendPacket(plesk);
    await expect.poll(async () => (await plesk.faults.list())[0]?.fired).toBe(1);
    expect(await plesk.sessions.list()).toEqual([]);

    socket.destroy();

    expect(await plesk.journal.waitFor({ outcome: 'unanswered' })).toMatchObject({ faults: ['fault-1'] });
    expect(await plesk.sessions.list()).toEqual([]);
  });

  it.each([{ fault: 'delay', ms: A_DAY }, { fault: 'hang' }] as const)(
    'makes the session at once, and lets its client wait ($fault after the change)',
    async (fault) => {
      const { plesk } = await start();
      await plesk.faults.add({ ...fault, afterChange: true });

      const sent = sendPacket(plesk);
      await plesk.journal.waitFor('server/create_session');

      expect(await plesk.sessions.list()).toMatchObject([{ login: 'carl' }]);
      expect(sent.received()).toBe(0);
      expect(sent.socket.destroyed).toBe(false);
    },
  );

  it('never answers, does nothing, and keeps the connection', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'hang', times: 1 });

    const sent = sendPacket(plesk);
    await plesk.journal.waitFor({ outcome: 'unanswered' });
    expect((await sendPacket(plesk).back).status).toBe(200);

    expect(sent.received()).toBe(0);
    expect(sent.socket.destroyed).toBe(false);
    expect(await plesk.sessions.list()).toHaveLength(1);
  });

  it('sends the answer a few bytes at a time', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'slow', bytes: 2, ms: 5 });

    const { end, pieces, body } = await sendPacket(plesk).back;

    expect(end).toBe('whole');
    expect(pieces).toBeGreaterThan(5);
    expect(tokenIn(body.toString())).toBe((await plesk.sessions.list())[0]?.id);
  });
});

it.each([
  { fault: 'hang' },
  { fault: 'hang', afterChange: true },
  { fault: 'delay', ms: A_DAY },
  { fault: 'delay', ms: A_DAY, afterChange: true },
  { fault: 'slow', bytes: 1, ms: A_DAY },
] as const)('closes soon, whoever waits: %o', async (fault) => {
  const plesk = await startEmulator({ seed: 'demo' });
  await plesk.faults.add(fault);
  const { socket } = sendPacket(plesk);
  await expect.poll(async () => (await plesk.faults.list())[0]?.fired).toBe(1);

  const gone = once(socket, 'close');
  await plesk.close();
  await gone;

  expect(socket.destroyed).toBe(true);
});
