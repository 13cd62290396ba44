/** Whether bytes are compressed by gzip. */
export const isGzip = (body: Buffer): boolean => body[0] === 0x1f && body[1] === 0x8b;

/** UTF-16 that does not say so by a byte order mark. */
export function wideWithoutMark(body: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (body[0] === LESS && body[1] === 0) return 'utf-16le';
  return body[0] === 0 && body[1] === LESS ? 'utf-16be' : undefined;
}

const LESS = 0x3c;

/** What a body is that cannot be read as XML, by what its headers say of it too; `undefined` where that does not show. */
export function formOf(body: Buffer, type: string, encoding: string): string | undefined {
  if (body.length === 0) return 'the body is empty: the packet itself is the body of the POST';
  if (isGzip(body)) return 'the body is compressed by gzip: send it as it is';
  if (encoding !== '' && encoding !== 'identity')
    return `the body is sent with Content-Encoding ${encoding}: send it as it is`;
  if (wideWithoutMark(body) !== undefined)
    return 'the body is UTF-16 without a byte order mark: send UTF-8, or begin with the mark';
  const start = body.toString('utf8', 0, SHOWN).trimStart();
  if (/^[{[]/.test(start))
    return "the body is JSON: the XML API takes XML; JSON is for Plesk's REST API, /api/v2";
  if (/^--[^\s<]{4,}\r?\n/.test(start))
    return 'the body is multipart: the packet itself is the body, not a part of a form';
  if (/^PD9|^PHBhY2tl/.test(start)) return 'the body is base64: send the packet itself';
  if (/^(?:[\w-]+=|%3C)/i.test(start))
    return 'the body is a form, or URL-encoded: send the packet itself (curl: --data-binary, not --data-urlencode)';
  if (start.startsWith('&lt;')) return 'the body is XML that was escaped as text: send < as it is';
  if (/^<!doctype html|^<html/i.test(start)) return 'the body is HTML, no packet';
  if (!body.includes('<')) {
    const said = type === '' ? '' : ` (its Content-Type is ${type})`;
    return `the body has no XML in it${said}: a packet begins with <packet>`;
  }
  return undefined;
}

/** How much of a body is looked at, in bytes. */
const SHOWN = 1000;
