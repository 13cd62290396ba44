import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { randomIds } from '../../base/ids.ts';
import { withLock } from '../../src/directory/lock.ts';
import { folder } from '../support/tools.ts';

const ids = randomIds;
const soon = { ids, patience: 0 };
const lockPath = (): string => join(folder('lock'), 'sso.json.lock');

/** Where this process says that it is. */
async function ourHost(): Promise<string> {
  const path = lockPath();
  const { host } = await withLock(path, soon, () =>
    Promise.resolve(JSON.parse(readFileSync(path, 'utf8')) as { readonly host: string }),
  );
  return host;
}

/** The id of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

/** The id of a process that lives until the test ends. */
function livePid(): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid ?? 0;
}

const TOKEN = 'a0'.repeat(16);
const holder = (more: object): string => JSON.stringify({ pid: 1, host: 'elsewhere', token: TOKEN, ...more });

it('says whose the lock is while the work is done, and leaves nothing behind', async () => {
  const path = lockPath();

  const seen = await withLock(path, soon, () => Promise.resolve(readFileSync(path, 'utf8')));

  expect(JSON.parse(seen)).toMatchObject({ pid: process.pid });
  expect(JSON.parse(seen)).toMatchObject({ host: expect.stringContaining(hostname()) as string });
  expect(readdirSync(dirname(path))).toEqual([]);
});

it('gives the lock back where the work fails', async () => {
  const path = lockPath();
  const work = withLock(path, soon, () => Promise.reject(new Error('no work')));

  await expect(work).rejects.toThrow('no work');
  expect(existsSync(path)).toBe(false);
});

it('never does the work of two at once', async () => {
  const path = lockPath();
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, (inside += 1));
    await setImmediate();
    inside -= 1;
  };

  await Promise.all(Array.from({ length: 10 }, () => withLock(path, { ids }, work)));

  expect([most, readdirSync(dirname(path))]).toEqual([1, []]);
});

it('names the process that holds the lock for too long', async () => {
  const path = lockPath();
  const alive = livePid();
  const text = holder({ pid: alive, host: await ourHost() });
  writeFileSync(path, text);

  await expect(withLock(path, soon, () => Promise.resolve())).rejects.toMatchObject({
    name: 'LockError',
    message: `the directory is being changed by process ${alive} on ${hostname()}; try again, or remove ${path} where that is over`,
  });
  expect(readFileSync(path, 'utf8')).toBe(text);
});

it.each<[string, () => string]>([
  ['is of another machine, whose processes nobody here can see', () => holder({ pid: deadPid() })],
  ['does not say whose it is', () => '123'],
  ['has nothing in it yet', () => ''],
  ['names all processes', () => holder({ pid: 0 })],
])('leaves a lock that %s', async (_case, text) => {
  const path = lockPath();
  const content = text();
  writeFileSync(path, content);

  await expect(withLock(path, soon, () => Promise.resolve())).rejects.toMatchObject({ name: 'LockError' });
  expect(readFileSync(path, 'utf8')).toBe(content);
});

it.each<[string, () => number]>([
  ['a process that has died', deadPid],
  ['an earlier process that had our id', () => process.pid],
])('takes over the lock of %s', async (_case, pid) => {
  const path = lockPath();
  writeFileSync(path, holder({ pid: pid(), host: await ourHost() }));

  const seen = await withLock(path, soon, () => Promise.resolve(readFileSync(path, 'utf8')));

  expect(JSON.parse(seen)).toMatchObject({ pid: process.pid });
  expect(seen).not.toContain(TOKEN);
  expect(readdirSync(dirname(path))).toEqual([]);
});

it('takes over the lock of one that died while it took over another', async () => {
  const path = lockPath();
  const host = await ourHost();
  writeFileSync(path, holder({ pid: deadPid(), host }));
  writeFileSync(`${path}.${TOKEN}`, holder({ pid: deadPid(), host, token: 'b1'.repeat(16) }));

  expect(await withLock(path, soon, () => Promise.resolve('done'))).toBe('done');
  expect(readdirSync(dirname(path))).toEqual([]);
});

it('leaves a dead lock to who is taking it over', async () => {
  const path = lockPath();
  const host = await ourHost();
  writeFileSync(path, holder({ pid: deadPid(), host }));
  writeFileSync(`${path}.${TOKEN}`, holder({ pid: livePid(), host, token: 'b1'.repeat(16) }));

  await expect(withLock(path, soon, () => Promise.resolve())).rejects.toThrow('try again');
  expect(readFileSync(path, 'utf8')).toContain(TOKEN);
});
