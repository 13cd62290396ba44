import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';

import { folder } from './tools.ts';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const EMULATOR = new URL('../../server/emulator.ts', import.meta.url).href;
/** By its path, so that a program may run in any folder. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** By these a machine says what its programs trust; where PHP looks besides. */
export const TRUST: readonly string[] = [
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'CURL_CA_BUNDLE',
  'REQUESTS_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'PHP_INI_SCAN_DIR',
];

const FROM_SOURCES: readonly string[] = [process.execPath, '--import', TSX, MAIN];

/** How a program ended, and all that it printed. */
interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that a test has started; what still runs when the test is over is killed. */
export interface Program {
  readonly ended: Promise<Ended>;
  /** All that it has printed so far to one of its outputs, once that matches; fails where it ends before. */
  printed(pattern: RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Closes both outputs on our side, as a terminal that is gone. */
  stopReading(): void;
}

/**
 * Starts `plesk-emulator`, from its sources unless another command is given for it, with the variables given, and
 * none of its own nor of what is trusted on this machine.
 */
export function startProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  [file = '', ...first]: readonly string[] = FROM_SOURCES,
): Program {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('PLESK_EMULATOR_') && !TRUST.includes(name),
  );
  const child = spawn(file, [...first, ...args], {
    env: { ...Object.fromEntries(inherited), PLESK_EMULATOR_RUN_DIR: folder('run'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return follow(child);
}

/** Runs `plesk-emulator` to its end. */
export const runProgram = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> => startProgram(args, env).ended;

function follow(child: ChildProcess): Program {
  let stdout = '';
  let stderr = '';
  let hasEnded = false;
  const lookers = new Set<() => void>();
  const look = (): void => {
    for (const looker of lookers) looker();
  };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    look();
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    look();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      hasEnded = true;
      look();
      resolve({ code, signal, stdout, stderr });
    });
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    ended,
    kill: (signal) => void child.kill(signal),
    stopReading: () => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const looker = (): void => {
          const found = [stdout, stderr].find((text) => pattern.test(text));
          if (found !== undefined) resolve(found);
          else if (hasEnded)
            reject(new Error(`ended without printing ${String(pattern)}: ${stdout}${stderr}`));
        };
        lookers.add(looker);
        looker();
      }),
  };
}

/** An emulator in a process of its own, which says how much of its heap is in use. */
interface MeasuredEmulator {
  readonly url: string;
  /** Bytes in use after a garbage collection. */
  heapUsed(): Promise<number>;
}

/** Starts an emulator with a fresh Plesk in a process of its own. */
export async function startMeasured(options: { readonly journal?: number } = {}): Promise<MeasuredEmulator> {
  const script = `
    const { startEmulator } = await import(${JSON.stringify(EMULATOR)});
    const plesk = await startEmulator(${JSON.stringify(options)});
    process.on('message', () => { gc(); gc(); process.send(process.memoryUsage().heapUsed); });
    process.send(plesk.url);
  `;
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--import', TSX, '--input-type=module', '--eval', script],
    { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const heard = <T>(): Promise<T> =>
    new Promise((resolve, reject) => {
      const lost = (): void => {
        reject(new Error('the emulator has ended'));
      };
      child.once('exit', lost);
      child.once('message', (message) => {
        child.off('exit', lost);
        resolve(message as T);
      });
    });
  const url = await heard<string>();
  return {
    url,
    heapUsed: () => {
      const answer = heard<number>();
      child.send('how much?');
      return answer;
    },
  };
}

/** Runs the program with a log in this form: a session made, a packet refused, a browser logged in. */
export async function runLogged(
  format: string,
): Promise<{ readonly printed: string; readonly token: string }> {
  const program = startProgram(['--http-port', '0', '--no-https', '--log', format]);
  const url = /^Ready (\S+)$/m.exec(await program.printed(/^Ready \S+$/m))?.[1] ?? '';
  const send = async (password: string): Promise<string> => {
    const response = await fetch(`${url}/enterprise/control/agent.php`, {
      method: 'POST',
      body: '<packet><server><create_session><login>admin</login></create_session></server></packet>',
      headers: { HTTP_AUTH_LOGIN: 'admin', HTTP_AUTH_PASSWD: password },
    });
    return response.text();
  };
  const token = /<id>(\w+)<\/id>/.exec(await send('changeme1Q**'))?.[1] ?? '';
  await send('wrong-pass-word');
  await fetch(`${url}/enterprise/rsession_init.php?PLESKSESSID=${token}`, { redirect: 'manual' });
  program.kill('SIGTERM');
  const { stdout } = await program.ended;
  return { printed: stdout, token };
}
