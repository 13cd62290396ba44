import { expect, it, onTestFinished } from 'vitest';
import type { Emulator, Ids } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import type { Sample } from '../support/samples.ts';
import { allSamples, incompleteSamples, readSample, sendSample } from '../support/samples.ts';

const NOW = Date.UTC(2026, 0, 1, 10);

it('finds three files of each sample', () => {
  expect(incompleteSamples()).toEqual([]);
  expect(allSamples().length).toBeGreaterThan(100);
});

it.each(allSamples())('answers $name as Plesk $plesk does', async (sample) => {
  const { port } = await start(sample);
  for (const name of sample.after) await sendSample(readSample(name), port);

  const { status, body } = await sendSample(sample, port);

  expect(body).toBe(sample.response);
  expect(status).toBe(200);
  expect(errcodeIn(body)).toBe(sample.errcode);
});

it('gives the headers of agent.php, and no session cookie among them', async () => {
  const sample = { ...readSample('server/create_session/api-php-lib'), plesk: '17.8' } as const;
  const { port } = await start(sample);

  const { headers } = await sendSample(sample, port);

  expect(Object.fromEntries(headers)).toMatchObject({
    Date: 'Thu, 01 Jan 2026 10:00:00 GMT',
    Server: 'sw-cp-server',
    'Content-Type': 'text/xml;charset=UTF-8',
    'Cache-Control': 'no-store, no-cache, must-revalidate, post-check=0, pre-check=0',
    Pragma: 'no-cache',
    Expires: 'Mon, 26 Jul 1990 05:00:00 GMT',
    'Last-Modified': 'Thu, 01 Jan 2026 10:00:00 GMT',
    P3P: 'CP="NON COR CURa ADMa OUR NOR UNI COM NAV STA"',
  });
  expect(headers.filter(([name]) => name.toLowerCase() === 'set-cookie')).toEqual([
    ['Set-Cookie', 'locale=en-US; expires=Fri, 01-Jan-2027 10:00:00 GMT; Max-Age=31536000; path=/; HttpOnly'],
  ]);
});

async function start({ plesk, settings, ids }: Sample): Promise<{ readonly port: number }> {
  const emulator: Emulator = await startEmulator({
    seed: 'demo',
    ...settings,
    plesk,
    clock: { now: () => NOW },
    ids: countingIds(ids),
  });
  onTestFinished(() => emulator.close());
  return { port: Number(new URL(emulator.url).port) };
}

/** First those given, then 1, 2, 3 in 32 hex digits. */
function countingIds(given: readonly string[] = []): Ids {
  let made = 0;
  return {
    hex32() {
      made += 1;
      return given[made - 1] ?? made.toString(16).padStart(32, '0');
    },
  };
}

function errcodeIn(body: string): number | undefined {
  const [, code] = /<errcode>(\d+)<\/errcode>/.exec(body) ?? [];
  return code === undefined ? undefined : Number(code);
}
