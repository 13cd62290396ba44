import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const EMULATOR = new URL('../../server/emulator.ts', import.meta.url).href;

/** The status of the login page, asked for over a kept connection. */
const statusOf = (url: string, agent: Agent, ca?: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const options = { agent, ca, headers: { Host: 'localhost' } };
    const sent = (ca === undefined ? request : secureRequest)(`${url}/login_up.php`, options, (response) => {
      response.resume().on('end', () => {
        resolve(response.statusCode ?? 0);
      });
    });
    sent.on('error', reject).end();
  });

it.each(['http', 'https'] as const)(
  'answers every request of a client that keeps its connections, across restarts on one port, over %s',
  async (scheme) => {
    const isSecure = scheme === 'https';
    const agent = isSecure ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
    onTestFinished(() => {
      agent.destroy();
    });
    let ports = { httpPort: 0, httpsPort: 0 };
    for (let round = 0; round < 20; round += 1) {
      const plesk = await startEmulator({ ...ports, https: isSecure });
      const url = isSecure ? plesk.httpsUrl : plesk.url;
      ports = { httpPort: portOf(plesk.url), httpsPort: isSecure ? portOf(plesk.httpsUrl) : 0 };

      const statuses = await Promise.all([1, 2, 3].map(() => statusOf(url, agent, plesk.ca)));

      expect(statuses).toEqual([200, 200, 200]);
      await plesk.close();
      expect(Object.keys(agent.freeSockets)).toEqual([]);
    }
  },
);

const portOf = (url: string): number => Number(new URL(url).port);

it('resolves close also where a client never closes its side', async () => {
  const plesk = await startEmulator();
  const socket = connect({ host: '127.0.0.1', port: portOf(plesk.url), allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write('GET /login_up.php HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'data');

  await plesk.close();

  await expect(fetch(plesk.url)).rejects.toThrow();
});

it('is closed by a second call as by the first', async () => {
  const plesk: Emulator = await startEmulator();

  await Promise.all([plesk.close(), plesk.close()]);

  await plesk.close();
});

it('lets the process end without close, where that is wanted', async () => {
  const script = `
    const { startEmulator } = await import(${JSON.stringify(EMULATOR)});
    const plesk = await startEmulator({ unref: true, https: true });
    console.log((await fetch(plesk.url + '/login_up.php')).status);
  `;
  const child = spawn(process.execPath, ['--import', TSX, '--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');

  const [printed] = (await once(child.stdout, 'data')) as [Buffer];

  expect(printed.toString()).toBe('200\n');
  expect(await ended).toEqual([0, null]);
});
