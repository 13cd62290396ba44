import { onTestFinished, describe, expect, it } from 'vitest';
import { startEmulator } from '../../server/emulator.ts';
import type { Emulator } from '../../server/emulator.ts';
import { browse } from '../support/browse.ts';
import type { HeldPlesk } from '../support/held-plesk.ts';
import { heldEntry, startHeldPlesk } from '../support/held-plesk.ts';
import { getsIn, linkAt, openAtOnce, outcomeOf, tally } from '../support/openings.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';
import { callApi, directoryOf, writeDirectory } from '../support/service.ts';
import type { ServiceProcess } from '../support/service-process.ts';
import { startServiceProcess } from '../support/service-process.ts';

/** Two processes on one Redis, and a Plesk. */
interface Replicas {
  readonly plesk: Emulator;
  readonly held: HeldPlesk;
  readonly one: ServiceProcess;
  readonly other: ServiceProcess;
  /** Starts another process. */
  readonly start: () => Promise<ServiceProcess>;
  /** Has the first process make a link. */
  readonly link: () => Promise<string>;
}

/** A lease runs out within 7 s, and a second opening waits for that. */
const SETTINGS = { PLESK_SSO_PLESK_TOTAL_MS: '5000', PLESK_SSO_CLAIM_WAIT_MS: '60000' };

async function startReplicas(): Promise<Replicas> {
  const plesk = await startEmulator({ seed: 'demo' });
  onTestFinished(() => plesk.close());
  const [redis, held] = await Promise.all([startRedis(), startHeldPlesk(plesk)]);
  const directory = writeDirectory(directoryOf({ 'plesk-1': heldEntry(held, plesk) }));
  const start = (): Promise<ServiceProcess> => startServiceProcess(directory, redis, SETTINGS);
  const [one, other] = await Promise.all([start(), start()]);
  const link = async (): Promise<string> => {
    const { body } = await callApi(one.url, 'Clients/CreateClientSsoToken', { user_id: 18 });
    return String(body.data?.['url']);
  };
  return { plesk, held, one, other, start, link };
}

/** How many of the sessions a browser has logged in with. */
const opened = async ({ plesk }: Replicas): Promise<number> =>
  (await plesk.sessions.list()).filter(({ openedAt }) => openedAt !== undefined).length;

describe.skipIf(whyNoRedis())('two processes of the service on one Redis', { timeout: 120_000 }, () => {
  it('let one of 50 parallel openings in', async () => {
    const replicas = await startReplicas();
    const { held, one, other } = replicas;
    const link = await replicas.link();

    const pages = await openAtOnce(50, linkAt(one.url, link), linkAt(other.url, link));

    expect(tally(pages)).toEqual({ '303': 1, '410 token_used': 49 });
    expect(held.made).toHaveLength(1);
    for (const page of pages) if (page.status === 303) expect(await getsIn(page)).toBe(true);
    expect(await opened(replicas)).toBe(1);
  });

  it('of which one stops in the middle let the next opening in, and the late one sends nothing', async () => {
    const replicas = await startReplicas();
    const { held, one, other } = replicas;
    const link = await replicas.link();
    held.hold();
    const late = browse(linkAt(one.url, link));
    await held.waiting(1);
    held.pass();
    one.kill('SIGSTOP');

    const page = await browse(linkAt(other.url, link));
    held.letGo();
    one.kill('SIGCONT');

    expect(outcomeOf(page)).toBe('303');
    expect(await getsIn(page)).toBe(true);
    const lost = await late;
    // Its time for Plesk was over before it could read the answer.
    expect(outcomeOf(lost)).toBe('504 plesk_timeout');
    expect(lost.location).toBeUndefined();
    expect(await opened(replicas)).toBe(1);
    expect(outcomeOf(await browse(linkAt(one.url, link)))).toBe('410 token_used');
  });

  it('of which one is killed in the middle leave a link that works once, after a restart', async () => {
    const replicas = await startReplicas();
    const { held, one, other } = replicas;
    const link = await replicas.link();
    held.hold();
    const lost = browse(linkAt(one.url, link)).catch(() => 'the connection broke');
    await held.waiting(1);
    held.pass();
    one.kill('SIGKILL');
    held.letGo();
    expect(await lost).toBe('the connection broke');
    const restarted = await replicas.start();

    const pages = await openAtOnce(10, linkAt(restarted.url, link), linkAt(other.url, link));

    expect(tally(pages)).toEqual({ '303': 1, '410 token_used': 9 });
    for (const page of pages) if (page.status === 303) expect(await getsIn(page)).toBe(true);
    expect(held.made).toHaveLength(2);
    expect(await opened(replicas)).toBe(1);
  });
});
