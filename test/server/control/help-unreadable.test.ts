import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { EmulatorOptions } from '../../../server/emulator.ts';
import { start } from '../../support/emulator.ts';
import { credentials } from '../../support/wire.ts';

it.each<[string, string | Buffer, RegExp, Record<string, string>?, EmulatorOptions?]>([
  ['an empty body', '', /^the body is empty: the packet itself is the body of the POST$/],
  ['an ampersand', '<packet>\n<a>b & c</a></packet>', /^line 2: & is written &amp; in XML/],
  ['an entity of HTML', '<packet>&nbsp;</packet>', /^line 1: XML does not know &nbsp;/],
  ['a bare less-than sign', '<packet>1 < 2</packet>', /^line 1: < is written &lt; in text$/],
  ['a line before the declaration', '\n<?xml version="1.0"?><packet/>', /stands at the very beginning/],
  ['JSON', '{"packet": {}}', /^the body is JSON: .*REST API/],
  ['a form', 'packet=%3Cpacket%2F%3E', /^the body is a form, or URL-encoded/],
  ['a URL-encoded packet', '%3Cpacket%2F%3E', /^the body is a form, or URL-encoded/],
  [
    'a multipart form',
    '--abcdef\r\nContent-Disposition: form-data\r\n\r\n<packet/>',
    /^the body is multipart/,
  ],
  ['gzip', gzipSync('<packet/>'), /^the body is compressed by gzip/],
  [
    'a Content-Encoding',
    Buffer.from([1, 2, 3]),
    /^the body is sent with Content-Encoding br/,
    { 'Content-Encoding': 'br' },
  ],
  [
    'UTF-16 without a mark',
    Buffer.from('<packet/>', 'utf16le'),
    /^the body is UTF-16 without a byte order mark/,
  ],
  ['base64', Buffer.from('<packet/>').toString('base64'), /^the body is base64/],
  ['XML that was escaped', '&lt;packet/&gt;', /^the body is XML that was escaped/],
  ['HTML', '<!DOCTYPE html><html></html>', /^the body is HTML/],
  ['no XML at all', 'hello', /^the body has no XML in it/],
  ['a document type', '<!DOCTYPE packet><packet/>', /document type/],
  ['two packets', '<packet></packet><packet></packet>', /^one request holds one packet/],
  ['a packet that was cut', '<packet><server>', /^<server> is never closed/],
  ['a tag that closes another', '<packet>\n<server></packet>', /^line 2: <\/packet> closes <server>/],
  [
    'bytes that are no UTF-8',
    Buffer.from('<packet>\xe4</packet>', 'latin1'),
    /^send UTF-8, or name the encoding/,
  ],
  [
    'bytes that are not what is declared',
    Buffer.from('<?xml version="1.0" encoding="utf-8"?><packet>\xe4</packet>', 'latin1'),
    /^the encoding that the XML declaration names is not that of the bytes/,
  ],
  [
    'a Content-Type that a setting refuses',
    '<packet/>',
    /^settings\.set\(\{ anyContentType: true \}\)/,
    { 'Content-Type': 'text/plain' },
    { anyContentType: false },
  ],
  [
    'a packet above the limit',
    `<packet>${' '.repeat(2000)}</packet>`,
    /^settings\.set\(\{ maxPacketBytes: /,
    {},
    { maxPacketBytes: 1024 },
  ],
])('helps with %s', async (_what, body, says, headers = {}, options = {}) => {
  const { plesk } = await start(options);
  await fetch(`${plesk.url}/enterprise/control/agent.php`, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'text/xml', ...credentials(plesk.admin), ...headers },
  });

  const [entry] = await plesk.journal.packets();

  expect(entry).toMatchObject({ outcome: 'refused', errcode: 1014 });
  expect(entry?.help).toContainEqual(expect.stringMatching(says));
});
