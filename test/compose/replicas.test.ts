import { expect, it, onTestFinished } from 'vitest';
import { compose, containerOf, docker, healthy, inside, pause } from './docker.ts';
import { askForLink, letsIn, newLink } from './links.ts';

const REPLICAS = ['token-service-1', 'token-service-2'] as const;

async function startAgain(service: string): Promise<void> {
  await compose('start', service);
  await healthy(await containerOf(service));
}

it('opens links while one replica is killed: all but those that it had in hand', async () => {
  const links = await Promise.all(Array.from({ length: 20 }, () => newLink()));
  onTestFinished(() => startAgain('token-service-1'));

  const opened = links.map(async (url, index) => {
    await pause(index * 50);
    return letsIn(url);
  });
  await docker('kill', await containerOf('token-service-1'));

  const isIn = await Promise.all(opened);
  // What the killed one had in hand is lost with it: a link that was claimed is not opened twice.
  expect(isIn.filter(Boolean).length).toBeGreaterThanOrEqual(18);
  expect(await Promise.all((await Promise.all([newLink(), newLink(), newLink()])).map(letsIn))).toEqual([
    true,
    true,
    true,
  ]);
});

it('makes no link while Redis is gone, says so, and goes on by itself with nothing lost but links', async () => {
  const before = await newLink();
  expect(await inside('token-service-1', readiness)).toBe(200);

  await compose('stop', 'redis');
  const without = await askForLink();
  const ready = await inside('token-service-1', readiness);
  await compose('start', 'redis');
  await healthy(await containerOf('redis'));
  for (const service of REPLICAS) await healthy(await containerOf(service));

  expect([without.status, ready]).toEqual([503, 503]);
  // Its memory is gone: the link of before is unknown, and everything else works.
  expect(await letsIn(before)).toBe(false);
  expect(await letsIn(await newLink())).toBe(true);
  expect(await letsIn(await newLink(20))).toBe(true);
});

const readiness = "console.log((await fetch('http://127.0.0.1:9081/readyz')).status)";

it('loses no link while both replicas are restarted, one after the other, under a light load', async () => {
  const outcomes: string[] = [];
  const over = new AbortController();
  const load = (async () => {
    while (!over.signal.aborted) {
      const { status, url } = await askForLink();
      outcomes.push(url === undefined ? `no link: ${status}` : (await letsIn(url)) ? 'in' : 'not in');
      await pause(40);
    }
  })();

  for (const service of REPLICAS) {
    await compose('stop', service);
    await startAgain(service);
  }
  over.abort();
  await load;

  expect(outcomes.length).toBeGreaterThan(30);
  expect(outcomes.filter((outcome) => outcome !== 'in')).toEqual([]);
});
