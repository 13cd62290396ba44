import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { marksIn } from '../support/marks.ts';
import { openPanel, statePath } from '../support/state-file.ts';

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const WRITER = fileURLToPath(new URL('../support/state-writer.ts', import.meta.url));

const left = (path: string): readonly string[] =>
  readdirSync(dirname(path)).filter((name) => name.endsWith('.tmp'));

/** Starts a writer, lets it write once, and kills it so many milliseconds after it has begun to write again. */
async function killWhileWriting(path: string, later: number): Promise<void> {
  const writer = spawn(process.execPath, ['--import', TSX, WRITER, path], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onTestFinished(() => void writer.kill('SIGKILL'));
  const ended = once(writer, 'exit');
  const [heard] = (await Promise.race([once(writer, 'message'), ended])) as readonly unknown[];
  expect(heard).toBe('started');
  const { ino } = statSync(path);
  const patience = { interval: 1, timeout: 20_000 };
  await vi.waitUntil(() => statSync(path).ino !== ino, patience);
  await vi.waitUntil(() => left(path).length > 0, patience);
  await setTimeout(later);
  writer.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
}

it(
  'leaves the last whole file to whoever kills it with -9 while it writes',
  { timeout: 120_000 },
  async () => {
    let interrupted = 0;
    const lane = async (number: number): Promise<void> => {
      const path = statePath();
      let last = -1;
      for (let round = 0; round < 5; round += 1) {
        await killWhileWriting(path, round * 6 + number * 2);
        interrupted += left(path).length;
        const [first, ...others] = marksIn(readFileSync(path, 'utf8'));
        expect(others).toEqual([first, first]);
        expect(Number(first)).toBeGreaterThan(last);
        last = Number(first);
      }

      const { panel } = await openPanel(path);

      expect(panel.accounts.size).toBe(5001);
      expect(left(path)).toEqual([]);
    };

    await Promise.all([lane(0), lane(1), lane(2)]);

    expect(interrupted).toBeGreaterThan(0);
  },
);
