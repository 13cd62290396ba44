import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Log } from '../../base/log.ts';
import { Secret } from '../../base/secret.ts';
import { WriteBehind } from '../../server/state/file/write-behind.ts';
import { customers, mark, marksIn } from '../support/marks.ts';
import { openPanel, statePath } from '../support/state-file.ts';

// The timers of the emulator go on under fake timers; here they are the fake ones.
vi.mock('../../base/timer.ts', () => ({
  startTimer: (ms: number, then: () => void) => {
    const timer = setTimeout(then, ms);
    return {
      stop: () => {
        clearTimeout(timer);
      },
    };
  },
}));

const text = (path: string): string => readFileSync(path, 'utf8');

/** Writes of which each ends when the test lets it. */
function heldWrites(): { readonly write: () => Promise<void>; readonly ends: ((failure?: Error) => void)[] } {
  const ends: ((failure?: Error) => void)[] = [];
  const write = (): Promise<void> =>
    new Promise((resolve, reject) => {
      ends.push((failure) => {
        if (failure === undefined) resolve();
        else reject(failure);
      });
    });
  return { write, ends };
}

const at = <T>(list: readonly T[], index: number): T => {
  const found = list.at(index);
  if (found === undefined) throw new Error(`nothing at ${index}`);
  return found;
};

it('writes once for a thousand changes, and once more for those while it writes', async () => {
  const { write, ends } = heldWrites();
  const behind = new WriteBehind(write, () => 1);
  const change = (): void => {
    for (let count = 0; count < 1000; count += 1) behind.changed();
  };

  change();
  await vi.waitUntil(() => ends.length > 0);
  change();
  const closed = behind.close();
  await setImmediate();
  expect(ends).toHaveLength(1);
  at(ends, 0)();
  await vi.waitUntil(() => ends.length > 1);
  at(ends, 1)();
  await closed;

  expect(ends).toHaveLength(2);
});

it('writes at once what is not written when it is closed, and nothing where nothing has changed', async () => {
  const write = vi.fn(() => Promise.resolve());
  const behind = new WriteBehind(write, () => 1e6);
  behind.changed();
  await behind.close();
  await behind.close();
  expect(write).toHaveBeenCalledTimes(1);

  await new WriteBehind(write, () => 1e6).close();
  expect(write).toHaveBeenCalledTimes(1);
});

it('tries again what failed, though nothing changes', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const write = vi.fn(() => Promise.resolve()).mockRejectedValueOnce(new Error('full'));
  const behind = new WriteBehind(write, () => 100);

  behind.changed();
  await vi.advanceTimersByTimeAsync(100);
  expect(write).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(4999);
  expect(write).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(write).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(write).toHaveBeenCalledTimes(2);
});

it('writes the state of one instant, whatever changes while it writes', async () => {
  const path = statePath();
  const { panel, store } = await openPanel(path, { accounts: customers(20_000) });
  const beside = (): boolean => readdirSync(dirname(path)).length > 1;
  let count = 0;
  const change = (): void => {
    count += 1;
    mark(panel, `mark ${count}`);
    if (count % 2 === 0) panel.secretKeys.replaceAll([]);
    else
      panel.secretKeys.put({
        key: new Secret(`key ${count}`),
        id: 'x',
        addresses: [],
        description: '',
        accountId: 1,
      });
  };

  change();
  const closed = store.close();
  let during = 0;
  while (!beside()) await setImmediate();
  while (beside()) {
    change();
    during += 1;
    await setImmediate();
  }
  await closed;

  const [first, last, setting] = marksIn(text(path));
  expect(during).toBeGreaterThan(10);
  expect([first, last, setting]).toEqual(['mark 1', 'mark 1', 'mark 1']);
  expect(text(path)).toContain('"key":"key 1"');
});

/** A log whose lines a test can read. */
function readableLog(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (level: string) => (_fields: object, message: string) =>
    void lines.push(`${level} ${message}`);
  return { lines, log: { isOn: true, info: keep('info'), warn: keep('warn'), error: keep('error') } };
}

it('says once in the log that it cannot write, goes on, and writes when it can again', async () => {
  const path = statePath();
  const { log, lines } = readableLog();
  const { panel, store } = await openPanel(path, { log });
  const folder = dirname(path);
  renameSync(folder, `${folder}-away`);
  onTestFinished(() => {
    rmSync(`${folder}-away`, { recursive: true, force: true });
  });

  panel.accounts.update(1, { name: 'Anna' });
  await expect.poll(() => lines).toHaveLength(1);
  panel.accounts.update(1, { phone: '030' });
  renameSync(`${folder}-away`, folder);
  await store.close();

  expect(lines).toEqual([
    `error the state is not kept, ${path}: it cannot be written: the folder that it belongs in is not there`,
    'info the state is kept again',
  ]);
  expect(text(path)).toMatch(/"name":"Anna".*"phone":"030"/);
  expect(readdirSync(folder)).toEqual(['state.json']);
});

it('says on standard error, where there is no log, that it cannot write; closing says what is lost', async () => {
  const path = statePath();
  const { panel, store } = await openPanel(path);
  rmSync(path);
  mkdirSync(join(path, 'x'), { recursive: true });
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);

  panel.accounts.update(1, { name: 'Anna' });
  await expect(store.close()).rejects.toThrow(/^the last changes of the state are lost, .*state\.json: /);

  expect(write.mock.calls).toEqual([[expect.stringMatching(/^plesk-emulator: the state is not kept, /)]]);
  expect(readdirSync(dirname(path))).toEqual(['state.json']);
});

it('leaves a file to somebody else who has written it, and writes again where it is gone', async () => {
  const path = statePath();
  const { log, lines } = readableLog();
  const { panel, store } = await openPanel(path, { log });
  const other = await openPanel(path);
  other.panel.accounts.update(1, { name: 'Other' });
  await other.store.close();
  const before = [text(path), statSync(path).mtimeMs];

  panel.accounts.update(1, { name: 'Anna' });
  await expect.poll(() => lines).toHaveLength(1);
  expect(lines[0]).toMatch(/somebody else has written it since it was read here; it is left to them/);
  expect([text(path), statSync(path).mtimeMs]).toEqual(before);
  expect(readdirSync(dirname(path))).toEqual(['state.json']);

  rmSync(path);
  await store.close();
  expect(text(path)).toContain('"name":"Anna"');
});

it('leaves a file that was changed by hand since it was read', async () => {
  const path = statePath();
  const { log, lines } = readableLog();
  const { panel, store } = await openPanel(path, { log });
  writeFileSync(path, 'my notes');

  panel.accounts.update(1, { name: 'Anna' });
  await expect(store.close()).rejects.toThrow('somebody else has written it');

  expect(text(path)).toBe('my notes');
  expect(lines).toHaveLength(1);
});
