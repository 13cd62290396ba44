import { expect, it } from 'vitest';
import { ListenError } from '../../base/listen-error.ts';

const errorOf = (code: string): NodeJS.ErrnoException => Object.assign(new Error(`listen ${code}`), { code });
const AT = { host: '192.0.2.1', port: 80 };

it.each([
  ['EADDRINUSE', '--http-port 80 ', 'use --http-port N'],
  ['EACCES', '--http-port 80 ', 'use --http-port N'],
  ['EADDRNOTAVAIL', '--host 192.0.2.1 ', 'use --host 127.0.0.1'],
  ['EAFNOSUPPORT', '--host 192.0.2.1 ', 'use --host 127.0.0.1'],
  ['ENOTFOUND', '--host 192.0.2.1 ', 'use --host 127.0.0.1'],
  ['EMFILE', '--http-port 80', 'listen EMFILE'],
])('names the option that mends %s', (code, what, advice) => {
  const { message } = new ListenError(errorOf(code), AT, { host: '--host', port: '--http-port' });

  expect(message.startsWith(what)).toBe(true);
  expect(message).toContain(advice);
});

it('names settings as they were given', () => {
  const error = new ListenError(errorOf('EADDRINUSE'), AT, { host: 'host', port: 'httpPort' });

  expect(error.message).toContain('use httpPort: N');
  expect(error.named((name) => `PLESK_${name.toUpperCase()}`).message).toContain('use PLESK_HTTPPORT=N');
});
