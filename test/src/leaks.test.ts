import { expect, it } from 'vitest';
import { Secrets } from '../support/leaks.ts';

const SECRET = 'psso_Fv3kP0x~9LqZ-w_7Yb+2';
const inText = (text: string): string => `{"time":1767261600000,"msg":"before ${text} behind"}`;

it.each([
  ['it', SECRET, 'plain'],
  ['a part of it', SECRET.slice(7, 20), 'plain'],
  ['it in a URL', encodeURIComponent(SECRET), 'as a URL has it'],
  ['it in escapes', Buffer.from(SECRET).toString('hex').replace(/../g, '%$&'), 'in escapes'],
  ['it in hexadecimal', Buffer.from(SECRET).toString('hex'), 'in hexadecimal'],
  ['it in hexadecimal, in capitals', Buffer.from(SECRET).toString('hex').toUpperCase(), 'in hexadecimal'],
  ['it in base64', btoa(SECRET), 'in base64'],
  ['it in base64 for URLs', Buffer.from(SECRET).toString('base64url'), 'in base64'],
  ['it in base64 behind one byte', btoa(`a${SECRET}b`), 'in base64'],
  ['it in base64 behind two bytes', btoa(`ab${SECRET}bc`), 'in base64'],
  ['it in base64 in the midst', btoa(`abcdefg${SECRET}hijk`), 'in base64'],
])('finds %s in a text', (_what, written, form) => {
  const secrets = new Secrets();
  secrets.add('the token', SECRET);
  secrets.add('another', '0123456789abcdef0123456789abcdef');
  expect(secrets.leaksIn(inText(written))).toContain(`the token, ${form}`);
});

it('takes the first characters of a secret, by which one knows it again, for none', () => {
  const secrets = new Secrets();
  secrets.add('the token', SECRET);
  expect(secrets.leaksIn(inText(`${SECRET.slice(0, 10)}..`))).toEqual([]);
});
