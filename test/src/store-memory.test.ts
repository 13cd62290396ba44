import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Windows } from '../../src/links/memory/windows.ts';
import { run } from '../support/tools.ts';

describe('the windows of the memory store', () => {
  it('forget what began first where there are too many', () => {
    const windows = new Windows(3);

    for (const name of ['a', 'b', 'c', 'a', 'd', 'e']) windows.hit(name, 60_000, 0);

    const counts = ['a', 'b', 'c', 'd', 'e'].map((name) => windows.hits(name, 0).count);
    expect(counts).toEqual([0, 0, 1, 1, 1]);
  });

  it('forget none that began anew under its name', () => {
    const windows = new Windows(3);
    for (const name of ['a', 'b', 'c']) windows.hit(name, 10, 0);

    for (const name of ['a', 'b', 'c', 'a']) windows.hit(name, 10, 10);

    expect(['a', 'b', 'c'].map((name) => windows.hits(name, 10).count)).toEqual([2, 1, 1]);
  });

  it('go on counting what is known while they are full', () => {
    const windows = new Windows(2);
    for (const name of ['a', 'b', 'b']) windows.hit(name, 60_000, 0);

    expect(windows.hit('b', 60_000, 0)).toMatchObject({ count: 3 });
  });
});

/** Bytes of the heap that are in use in a fresh process before and after each of these steps. */
async function heapDuring(...steps: readonly string[]): Promise<readonly number[]> {
  const script = `
    const { createMemoryStore } = await import(${JSON.stringify(new URL('../../src/links/memory-store.ts', import.meta.url).href)});
    let now = Date.UTC(2026, 0, 1);
    const store = createMemoryStore({ clock: { now: () => now } });
    const terms = { userId: 0, serviceId: 4, server: 'plesk-1', keyId: 'billing', destination: '', mode: 'direct' };
    const hex = (name, length) => Buffer.from(String(name).padStart(length / 2, '0')).toString('hex');
    const issue = async (first, count) => {
      for (let name = first; name < first + count; name++)
        await store.issue(
          { id: hex(name, 32), digest: hex(name, 64), terms: { ...terms, userId: name % 1000 }, ttlMs: 60000 },
          { key: hex(name, 64), request: hex(name, 64), sealedToken: hex(name, 200) },
        );
    };
    const heap = () => { gc(); gc(); return process.memoryUsage().heapUsed; };
    const used = [heap()];
    ${steps.map((step) => `${step}; used.push(heap());`).join('\n')}
    console.log(JSON.stringify(used));
  `;
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const { code, stdout, stderr } = await run(
    process.execPath,
    ['--expose-gc', '--import', tsx, '--input-type=module', '--eval', script],
    { timeout: 60_000 },
  );
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as readonly number[];
}

describe('the memory store', { timeout: 60_000 }, () => {
  it('takes less than 1 KB for a link, and lets go what is over while others come', async () => {
    const [before = NaN, day = NaN, forgotten = NaN, nextDay = NaN, thirdDay = NaN] = await heapDuring(
      'await issue(0, 20000)',
      // The answers to be given again, for 60 s.
      'now += 60000; for (let step = 0; step < 10000; step++) await store.ping()',
      'now += 86400000; await issue(20000, 20000)',
      'now += 86460000; await issue(40000, 20000)',
    );

    const link = (forgotten - before) / 20_000;
    expect(link).toBeGreaterThan(0);
    expect(link).toBeLessThan(1000);
    expect(day - forgotten).toBeGreaterThan(20_000 * 200);
    expect(nextDay).toBeLessThan(day * 1.2);
    expect(thirdDay).toBeLessThan(day * 1.2);
  });

  it('lets go the counts of a flood of addresses', async () => {
    const [before = NaN, flood = NaN, twice = NaN, after = NaN] = await heapDuring(
      'for (let name = 0; name < 110000; name++) await store.hit(hex(name, 64), 60000)',
      'for (let name = 0; name < 110000; name++) await store.hit(hex(name + 110000, 64), 60000)',
      'for (let name = 0; name < 55000; name++) { now += 60000; await store.hit(hex(name % 10, 64), 1); }',
    );

    expect(flood - before).toBeGreaterThan(0);
    expect(twice - before).toBeLessThan((flood - before) * 1.2);
    expect(after - before).toBeLessThan((flood - before) / 2);
  });
});
