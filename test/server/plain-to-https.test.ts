import { connect } from 'node:net';
import { request } from 'node:https';
import { expect, it } from 'vitest';
import { start } from '../support/emulator.ts';

/** Sends text to a port, and answers what comes back until the other side closes. */
function sendPlain(url: string | undefined, text: string): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(Number(new URL(url ?? '').port), '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (data: string) => (received += data));
    // A connection that is reset has ended too.
    socket
      .on('error', () => undefined)
      .on('close', () => {
        resolve(received);
      });
  });
}

it.each([
  ['GET', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n\r\n'],
  ['HEAD', 'HEAD /login_up.php HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
  [
    'POST of a packet',
    'POST /enterprise/control/agent.php HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n<packet/>',
  ],
  ['DELETE', 'DELETE /api/v2/clients/4 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
  ['OPTIONS', 'OPTIONS / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
  ['PATCH', 'PATCH / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
  ['line of something else', 'garbage, and more of it\r\n\r\n'],
])('answers a plain %s to the HTTPS port with 400 over plain HTTP, and closes', async (_what, text) => {
  const { plesk, lines } = await start({ https: true });

  const answer = await sendPlain(plesk.httpsUrl, text);

  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(answer).toMatch(/\r\nConnection: close\r\n/);
  expect(answer).toMatch(/\r\nEmulator-Reason: .*the HTTPS port.*; use https:/);
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(body).toContain('The plain HTTP request was sent to HTTPS port');
  expect(head).toContain(`Content-Length: ${body.length}`);
  expect(lines.join('\n')).toMatch(/no request from 127\.0\.0\.1: .*plain HTTP.*; use https:\/\//);
});

it('goes on answering over TLS', async () => {
  const { plesk } = await start({ https: true });
  await sendPlain(plesk.httpsUrl, 'GET / HTTP/1.1\r\n\r\n');

  const status = await new Promise((resolve, reject) => {
    request(`${plesk.httpsUrl}/login_up.php`, { ca: plesk.ca, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

  expect(status).toBe(200);
});
