import { describe, expect, it } from 'vitest';
import { bytesOf, sendBytesTo } from '../../support/bytes-back.ts';
import type { BytesBack, Sent } from '../../support/bytes-back.ts';
import type { Controlled } from '../../support/control.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { credentials, post, sessionPacket, tokenIn } from '../../support/wire.ts';

type Plesk = Controlled['plesk'];

const sendPacket = (plesk: Plesk, packet = sessionPacket('carl')): Sent => {
  const url = `${plesk.url}/enterprise/control/agent.php`;
  return sendBytesTo(url, bytesOf(url, credentials(plesk.admin), packet));
};

const packetBack = (plesk: Plesk): Promise<BytesBack> => sendPacket(plesk).back;

const sessionCount = async (plesk: Plesk): Promise<number> => (await plesk.sessions.list()).length;

describe.each(BOTH_WAYS)('faults of answers, %s', (_way, start) => {
  it('answers a status with a page of a web server, once, and does nothing', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'status', status: 503, times: 1 });

    const { status, headers, body } = await packetBack(plesk);

    expect(status).toBe(503);
    expect(headers).toMatchObject({ 'content-type': 'text/html', server: 'nginx' });
    expect(headers['emulator-reason']).toBe('a test wants it: fault-1, HTTP 503');
    expect(body.toString()).toContain('<h1>503 Service Unavailable</h1>');
    expect(await sessionCount(plesk)).toBe(0);
    expect((await packetBack(plesk)).status).toBe(200);
  });

  it('answers a page in place of XML', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'html' });

    const { status, headers, body } = await packetBack(plesk);

    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html');
    expect(body.toString()).toMatch(/^<!DOCTYPE html>/);
    expect(await sessionCount(plesk)).toBe(0);
  });

  it.each([{ fault: 'status', status: 504 }, { fault: 'html' }] as const)(
    'makes the session, and answers $fault, where the fault comes after the change',
    async (fault) => {
      const { plesk } = await start();
      await plesk.faults.add({ ...fault, afterChange: true });

      const { body, headers } = await packetBack(plesk);

      expect(body.toString()).not.toContain('<packet');
      expect(headers['emulator-reason']).toContain(', after the change');
      expect(await plesk.sessions.list()).toMatchObject([{ login: 'carl', state: 'token' }]);
    },
  );

  it('sends half of the answer, or so many bytes, in a response that is whole', async () => {
    const { plesk } = await start();
    const whole = (await packetBack(plesk)).body;
    await plesk.faults.add({ fault: 'truncated', times: 1 });
    await plesk.faults.add({ fault: 'truncated', bytes: 10, after: 1 });

    const [half, ten] = [await packetBack(plesk), await packetBack(plesk)];

    expect(half).toMatchObject({ end: 'whole', status: 200 });
    expect(half.body).toHaveLength(Math.floor(whole.length / 2));
    expect(ten.body.toString()).toBe('<?xml vers');
    expect(await sessionCount(plesk)).toBe(3);
  });

  it('sends what is not well-formed, whole', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'malformed' });

    const { body, headers } = await packetBack(plesk);

    expect(tokenIn(body.toString())).toBe((await plesk.sessions.list())[0]?.id);
    expect(body.toString()).toMatch(/<unclosed>&<\/packet>\n$/);
    expect(headers['content-type']).toBe('text/xml;charset=UTF-8');
  });

  it('sends at least so many bytes, well-formed, and 10 MiB without a word of it', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'oversized', bytes: 100_000, times: 1 });
    await plesk.faults.add({ fault: 'oversized', after: 1 });

    const [some, many] = [await packetBack(plesk), await packetBack(plesk)];

    expect(some.body.length).toBeGreaterThanOrEqual(100_000);
    expect(some.body.length).toBeLessThan(300_000);
    expect(many.body.length).toBeGreaterThanOrEqual(10_485_760);
    const bare = some.body.toString().replaceAll(/<!--x+-->\n/g, '');
    expect(bare).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<packet [^]*<\/packet>\n$/);
  });

  it.each(['utf-16', 'iso-8859-1'] as const)(
    'sends %s where header and declaration say UTF-8',
    async (charset) => {
      const { plesk } = await start();
      await plesk.faults.add({ fault: 'charset', charset });

      const { body, headers } = await packetBack(plesk);

      expect(headers['content-type']).toBe('text/xml;charset=UTF-8');
      const text = new TextDecoder(charset === 'utf-16' ? 'utf-16le' : charset).decode(body);
      expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>/);
      expect(tokenIn(text)).toBe((await plesk.sessions.list())[0]?.id);
      if (charset === 'utf-16') expect(body.toString()).not.toContain('<packet');
      else expect(() => new TextDecoder('utf-8', { fatal: true }).decode(body)).toThrow();
    },
  );

  it('names the rule in the journal and in the log', async () => {
    const { plesk, lines } = await start();
    await plesk.faults.add({ fault: 'html', times: 1 });
    await plesk.faults.add({ fault: 'malformed', after: 1 });
    await post(plesk, sessionPacket('carl'));
    await post(plesk, sessionPacket('carl'));

    expect(await plesk.journal.packets()).toMatchObject([
      { outcome: 'unanswered', faults: ['fault-1'] },
      { outcome: 'unanswered', faults: ['fault-2'] },
    ]);
    expect(
      lines.filter((line) => line.includes('a test wants it')).map((line) => line.split(' {')[0]),
    ).toEqual([
      'warn fault on /enterprise/control/agent.php for 127.0.0.1: a test wants it: fault-1, html',
      'warn fault on /enterprise/control/agent.php for 127.0.0.1: a test wants it: fault-2, malformed',
    ]);
  });
});
