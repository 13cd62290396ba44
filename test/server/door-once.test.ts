import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { browse, doorUrl, seenFrom, sentBack } from '../support/browse.ts';
import { start } from '../support/emulator.ts';
import { newToken } from '../support/wire.ts';

const BROWSERS = 50;
const HEAD = 'Host: panel.example\r\nConnection: close\r\n';

it.each([
  [
    'GET',
    (token: string) => `GET /enterprise/rsession_init.php?PLESKSESSID=${token} HTTP/1.1\r\n${HEAD}\r\n`,
  ],
  [
    'POST',
    (token: string) =>
      `POST /enterprise/rsession_init.php HTTP/1.1\r\n${HEAD}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 44\r\n\r\nPLESKSESSID=${token}`,
  ],
])('lets one of fifty browsers in that bring one token at once by %s', async (_method, requestFor) => {
  const { plesk, lines } = await start();
  const token = await newToken(plesk);
  const request = requestFor(token);
  const count = lines.length;
  const port = Number(new URL(plesk.url).port);
  const sockets = await Promise.all(Array.from({ length: BROWSERS }, () => connected(port)));

  // Each has all but its last byte in the door before the first is through.
  await Promise.all(sockets.map((socket) => written(socket, request.slice(0, -1))));
  const answers = await Promise.all(sockets.map((socket) => ended(socket, request.slice(-1))));

  const statuses = answers.map((answer) => answer.slice(0, 12));
  expect(statuses).toEqual(answers.map(() => 'HTTP/1.1 303'));
  expect(answers.filter((answer) => /^Set-Cookie: /m.test(answer)).length).toBe(1);
  expect(answers.filter((answer) => /^Location: .*\/smb\/\r$/m.test(answer)).length).toBe(1);
  expect(answers.filter((answer) => /^Location: .*\/login\.php\r$/m.test(answer)).length).toBe(BROWSERS - 1);
  const logged = lines.slice(count);
  expect(logged.filter((line) => line.startsWith('info ')).length).toBe(1);
  expect(logged.filter((line) => line.includes('already used')).length).toBe(BROWSERS - 1);
});

it('lets fifty browsers in with fifty tokens at once', async () => {
  const { plesk } = await start();
  const tokens = await Promise.all(Array.from({ length: BROWSERS }, () => newToken(plesk)));

  const pages = await Promise.all(tokens.map((PLESKSESSID) => browse(doorUrl(plesk.url, { PLESKSESSID }))));

  expect(pages.map(sentBack)).toEqual(tokens.map((token) => `PLESKSESSID_INSECURE=${token}`));
});

it('lets a token in again with the setting tokenReuse, from its address and while its session lives', async () => {
  const { plesk, clock } = await start({ tokenReuse: true });
  let from = '127.0.0.1';
  const panel = await seenFrom(plesk.app, () => from);
  const PLESKSESSID = await newToken(plesk);
  const open = async (): Promise<string> => {
    const { location = '', reason = '' } = await browse(doorUrl(panel, { PLESKSESSID }));
    return location === `${panel}/smb/` ? 'in' : reason;
  };

  expect([await open(), await open()]).toEqual(['in', 'in']);
  clock.pass(1799);
  expect(await open()).toBe('in');
  clock.pass(1799);
  from = '192.0.2.8';
  expect(await open()).toBe(
    "session 000001..: bound to 127.0.0.1, opened from 192.0.2.8; give create_session the browser's address as user_ip",
  );
  from = '127.0.0.1';
  expect(await open()).toBe('in');
  clock.pass(1800);
  expect(await open()).toBe(
    'session 000001..: expired at 2026-01-01T11:29:58; make another by create_session',
  );
});

it('keeps with tokenReuse when a session was opened first', async () => {
  const { plesk, clock } = await start({ tokenReuse: true });
  const PLESKSESSID = await newToken(plesk);
  const opened = clock.now();
  await browse(doorUrl(plesk.url, { PLESKSESSID }));
  clock.pass(60);
  await browse(doorUrl(plesk.url, { PLESKSESSID }));

  expect(await plesk.sessions.list()).toMatchObject([{ openedAt: opened, activeAt: opened + 60_000 }]);
});

const connected = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      resolve(socket);
    });
    socket.on('error', reject);
  });

const written = (socket: Socket, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });

/** Writes the rest and answers all that comes back. */
const ended = (socket: Socket, rest: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => (received += text));
    socket.on('error', reject);
    socket.on('close', () => {
      resolve(received);
    });
    socket.write(rest);
  });
