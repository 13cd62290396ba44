import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { randomIds } from '../../base/ids.ts';
import { changeStored } from '../../src/directory/database.ts';
import { testClock } from '../support/clock.ts';
import { directoryPath, STORED, storedIn } from '../support/directory-file.ts';
import { run } from '../support/tools.ts';

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const source = (path: string): string => JSON.stringify(new URL(`../../${path}`, import.meta.url).href);

/** The arguments with which Node runs a script that may import the sources. */
const script = (text: string): readonly string[] => ['--import', TSX, '--input-type=module', '--eval', text];

const IMPORTS = `
  const { changeStored } = await import(${source('src/directory/database.ts')});
  const { systemClock } = await import(${source('base/clock.ts')});
  const { randomIds } = await import(${source('base/ids.ts')});
  const [file = '', first = '0'] = process.argv.slice(1);
  const changing = { clock: systemClock, ids: randomIds, patience: 30000 };
`;

/** Adds 15 users, each by a change of its own. */
const WRITER = `${IMPORTS}
  for (let id = Number(first); id < Number(first) + 15; id += 1) {
    await changeStored(file, changing, (stored) => ({
      ...stored,
      users: { ...stored.users, [id]: { active: true, accounts: [] } },
    }));
  }
`;

it('loses nothing where several processes write at once', { timeout: 60_000 }, async () => {
  const path = directoryPath(STORED);

  const ended = await Promise.all(
    [100, 200, 300].map((first) =>
      run(process.execPath, [...script(WRITER), '--', path, String(first)], { timeout: 50_000 }),
    ),
  );

  expect(ended).toEqual(Array.from({ length: 3 }, () => ({ code: 0, stdout: '', stderr: '' })));
  const written = [100, 200, 300].flatMap((first) => Array.from({ length: 15 }, (_, index) => first + index));
  expect(Object.keys(storedIn(path).users).map(Number)).toEqual([18, ...written]);
  expect(readdirSync(dirname(path))).toEqual([basename(path)]);
});

/** Says that it holds the lock, and does not go on. */
const HOLDER = `${IMPORTS}
  await changeStored(file, changing, (stored) => {
    process.stdout.write('holding');
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  });
`;

it('goes on after a process that was killed while it wrote', { timeout: 60_000 }, async () => {
  const path = directoryPath(STORED);
  const holder = spawn(process.execPath, [...script(HOLDER), '--', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  const held = readFileSync(`${path}.lock`, 'utf8');
  expect(JSON.parse(held)).toMatchObject({ pid: holder.pid });

  const busy = changeStored(path, { clock: testClock(), ids: randomIds, patience: 0 }, (stored) => stored);
  await expect(busy).rejects.toThrow(`by process ${holder.pid ?? 0} on `);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  await changeStored(path, { clock: testClock(), ids: randomIds, patience: 0 }, (stored) => ({
    ...stored,
    users: {},
  }));

  expect(storedIn(path).users).toEqual({});
  expect(existsSync(`${path}.lock`)).toBe(false);
});

it('lets one of many processes take a dead lock over at a time', { timeout: 60_000 }, async () => {
  const path = directoryPath(STORED);
  const holder = spawn(process.execPath, [...script(HOLDER), '--', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  holder.kill('SIGKILL');
  await once(holder, 'exit');

  const ended = await Promise.all(
    [100, 200, 300].map((first) =>
      run(process.execPath, [...script(WRITER), '--', path, String(first)], { timeout: 50_000 }),
    ),
  );

  expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual([0, 0, 0].map((code) => [code, '']));
  expect(Object.keys(storedIn(path).users)).toHaveLength(46);
});
