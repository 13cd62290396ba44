import { connect } from 'node:net';
import { expect, it } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { start } from '../support/emulator.ts';
import { startMeasured } from '../support/program.ts';
import { post, sendRaw, tokenIn } from '../support/wire.ts';

const GOOD = '<packet><server><create_session><login>admin</login></create_session></server></packet>';
const HEAD =
  'POST /enterprise/control/agent.php HTTP/1.1\r\nHost: plesk.example\r\nHTTP_AUTH_LOGIN: admin\r\nHTTP_AUTH_PASSWD: changeme1Q**\r\n';
const TOO_LARGE =
  /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n<\?xml version="1\.0"\?>\n<packet version="1\.6\.9\.1"><system><status>error<\/status><errcode>1014<\/errcode><errtext>Parser error: Cannot parse the XML from the source specified<\/errtext><\/system><\/packet>\n$/;

it('reads a packet of maxPacketBytes, and not of one byte more', async () => {
  const { plesk } = await start({ maxPacketBytes: 2048 });

  const most = await post(plesk, GOOD.padEnd(2048));
  const more = await post(plesk, GOOD.padEnd(2049));

  expect(most).toContain('<status>ok</status>');
  expect(more).toContain('<errcode>1014</errcode>');
});

it('reads a megabyte unless told otherwise', async () => {
  const { plesk } = await start();

  expect(await post(plesk, GOOD.padEnd(1_048_576))).toContain('<status>ok</status>');
  expect(await post(plesk, GOOD.padEnd(1_048_577))).toContain('<errcode>1014</errcode>');
});

it.each([
  ['its length', `Content-Length: ${16 << 20}`, [Buffer.alloc(16 << 20, 'x')]],
  [
    'chunks',
    'Transfer-Encoding: chunked',
    [...Array.from({ length: 256 }, () => chunkOf(Buffer.alloc(65_536, 'x'))), '0\r\n\r\n'],
  ],
])('lets a client that sends 16 MB by %s hear its 1014', async (_case, header, parts) => {
  const { plesk } = await start();

  const answer = await sendRaw(plesk, `${HEAD}Connection: close\r\n${header}\r\n\r\n`, ...parts);

  expect(answer).toMatch(TOO_LARGE);
  expect(tokenIn(await post(plesk, GOOD))).toMatch(/^[\da-f]{32}$/);
});

it(
  'answers a client that never stops sending, and then ends its connection',
  { timeout: 15_000 },
  async () => {
    const { plesk } = await start();

    const { received, isClosed } = await sendForEver(plesk);

    expect(received).toMatch(TOO_LARGE);
    expect(isClosed).toBe(true);
    expect(tokenIn(await post(plesk, GOOD))).toMatch(/^[\da-f]{32}$/);
  },
);

it(
  'reads 6,000 namespaces over 6,000 elements in time that grows with their sum',
  { timeout: 3000 },
  async () => {
    const { plesk } = await start();
    const namespaces = Array.from({ length: 6000 }, (_, index) => `xmlns:a${index}="u"`);

    const answer = await post(plesk, `<packet ${namespaces.join(' ')}>${'<b/>'.repeat(6000)}</packet>`);

    expect(answer).toContain("Element 'b': This element is not expected.");
  },
);

it('keeps no more of 200 hostile packets than its journal has room for', { timeout: 60_000 }, async () => {
  const plesk = await startMeasured({ journal: 20 });
  for (const packet of hostilePackets(40)) await send(plesk.url, packet);
  const before = await plesk.heapUsed();

  for (const packet of hostilePackets(200)) expect(await send(plesk.url, packet)).toMatch(/<errcode>10\d\d</);

  const grown = (await plesk.heapUsed()) - before;
  expect(grown).toBeLessThan(10_000_000);
  expect(await send(plesk.url, GOOD)).toContain('<status>ok</status>');
});

/** No two alike, so that whatever is kept by name or text would show. */
function hostilePackets(count: number): readonly string[] {
  const kinds: readonly ((index: string) => string)[] = [
    (index) => `<packet>${`<a${index}/>`.repeat(20_000)}</packet>`,
    (index) => `<packet ${Array.from({ length: 5000 }, (_, at) => `b${index}${at}=""`).join(' ')}/>`,
    (index) => `<packet>${`<c${index}>`.repeat(300)}`,
    (index) => `<packet version="${index}${'9'.repeat(100_000)}"/>`,
    (index) => GOOD.replace('admin', `d${index}${'x'.repeat(200_000)}`),
    (index) => `<!DOCTYPE p [<!ENTITY e${index} "${'x'.repeat(100_000)}">]>${GOOD}`,
    (index) => `${index}${'x'.repeat(1_100_000)}`,
    (index) => `<packet><e${index}${'x'.repeat(200_000)}/></packet>`,
  ];
  return Array.from({ length: count }, (_, at) => kinds[at % kinds.length]?.(`${count}n${at}n`) ?? '');
}

async function send(url: string, packet: string): Promise<string> {
  const response = await fetch(`${url}/enterprise/control/agent.php`, {
    method: 'POST',
    body: packet,
    headers: { HTTP_AUTH_LOGIN: 'admin', HTTP_AUTH_PASSWD: 'changeme1Q**' },
  });
  return response.text();
}

function chunkOf(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

/** Sends chunks until the connection is closed, or 1 GB has gone. */
function sendForEver(plesk: Emulator): Promise<{ readonly received: string; readonly isClosed: boolean }> {
  const chunk = chunkOf(Buffer.alloc(1 << 20, 'x'));
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(plesk.url).port), '127.0.0.1');
    let received = '';
    let sent = 0;
    const end = (isClosed: boolean): void => {
      resolve({ received, isClosed });
      socket.destroy();
    };
    const more = (failed?: Error | null): void => {
      // A write that fails says so to its callback first; the end comes after it.
      if (failed instanceof Error) return;
      sent += 1;
      if (sent > 16_384) end(false);
      else if (!socket.destroyed) socket.write(chunk, more);
    };
    socket.setEncoding('utf8').on('data', (text: string) => (received += text));
    // Whoever writes to a connection that the other side has closed may be told so before the end.
    socket
      .on('error', () => undefined)
      .on('close', () => {
        end(true);
      });
    socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`, more);
  });
}
