import { expect, it } from 'vitest';
import { browse, doorUrl } from '../support/browse.ts';
import { start } from '../support/emulator.ts';
import { newToken, sendRaw } from '../support/wire.ts';

const DOOR = '/enterprise/rsession_init.php';

it.each([
  ['a host and a port', 'Panel.Example:8443', 'http://Panel.Example:8443'],
  ['a host alone', 'panel.example', 'http://panel.example'],
  ['an address', '192.0.2.1:8880', 'http://192.0.2.1:8880'],
  ['an IPv6 address', '[2001:db8::1]:8880', 'http://[2001:db8::1]:8880'],
  ['nothing', '', ''],
  ['user-info', 'panel.example@evil.example', ''],
  ['a path', 'panel.example/evil', ''],
  ['a blank', 'panel.example evil.example', ''],
  ['a backslash', 'panel.example\\evil', ''],
  ['two ports', 'panel.example:1:2', ''],
  ['a port that is too large', 'panel.example:65536', ''],
  ['a port that is no number', 'panel.example:x', ''],
  ['IPv6 without brackets', '2001:db8::1', ''],
  ['brackets around no address', '[panel]', ''],
  ['markup', '<script>', ''],
  ['letters beyond ASCII', 'p\u00e4nel.example', ''],
])(
  'makes its Location of a Host header with %s, or a path where that is no host',
  async (_what, host, origin) => {
    const { plesk } = await start();
    const token = await newToken(plesk);

    const answer = await sendRaw(
      plesk,
      `GET ${DOOR}?PLESKSESSID=${token} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    );

    expect(/^Location: (.*)\r$/m.exec(answer)?.[1]).toBe(`${origin}/smb/`);
  },
);

it('makes its Location a path where there is no Host header', async () => {
  const { plesk } = await start();

  const answer = await sendRaw(plesk, `GET ${DOOR}?PLESKSESSID=${await newToken(plesk)} HTTP/1.0\r\n\r\n`);

  expect(/^Location: (.*)\r$/m.exec(answer)?.[1]).toBe('/smb/');
});

it('answers a request that names the whole URL, as to a proxy', async () => {
  const { plesk } = await start();
  const path = `${DOOR}?PLESKSESSID=${await newToken(plesk)}`;

  const answer = await sendRaw(
    plesk,
    `GET http://panel.example:8880${path} HTTP/1.1\r\nHost: panel.example:8880\r\nConnection: close\r\n\r\n`,
  );

  expect(/^Location: (.*)\r$/m.exec(answer)?.[1]).toBe('http://panel.example:8880/smb/');
});

const UNPARSABLE = ['256.256.256.256:8880', 'panel.1', 'xn--a'];

it.each(
  (['12.0', '12.5', '18.0'] as const).flatMap((name) => UNPARSABLE.map((host) => [name, host] as const)),
)(
  'answers on %s to the Host %s, which no URL can have, whatever the URLs it is to lead to',
  async (name, host) => {
    const { plesk } = await start({ plesk: name });
    const urls = { success_redirect_url: 'https://a.example/', failure_redirect_url: 'https://b.example/' };
    const answers = [];
    for (const PLESKSESSID of [await newToken(plesk), 'unknown']) {
      answers.push(await browse(doorUrl(plesk.url, { PLESKSESSID, ...urls }), { headers: { Host: host } }));
    }
    answers.push(await browse(`${plesk.url}/admin/`, { headers: { Host: host } }));
    answers.push(await browse(`${plesk.url}/`, { headers: { Host: host } }));

    const status = name === '18.0' ? 303 : 302;
    expect(answers.map((answer) => [answer.status, answer.body])).toEqual(answers.map(() => [status, '']));
  },
);
