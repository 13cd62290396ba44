import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readText } from '../../server/protocol/text-decoding.ts';
import { readXml, Unreadable } from '../../server/protocol/xml.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8'): Buffer => Buffer.from(text, encoding);
const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>`;
const swapped = (text: string): Buffer => bytes(text, 'utf16le').swap16();

it.each([
  ['UTF-8', bytes('<a>é€</a>'), 'é€'],
  ['UTF-8 with a byte order mark', bytes('\ufeff<a>é€</a>'), 'é€'],
  ['UTF-8 as declared', bytes(`${declared('UTF-8')}<a>é€</a>`), 'é€'],
  ['UTF-8 as declared in lower case', bytes(`${declared('utf-8')}<a>é€</a>`), 'é€'],
  ['UTF-16, the lower byte first', bytes('\ufeff<a>é€</a>', 'utf16le'), 'é€'],
  ['UTF-16, the higher byte first', swapped('\ufeff<a>é€</a>'), 'é€'],
  ['UTF-16 as declared', bytes(`\ufeff${declared('UTF-16')}<a>é€</a>`, 'utf16le'), 'é€'],
  ['ISO 8859-1', bytes(`${declared('ISO-8859-1')}<a>é</a>`, 'latin1'), 'é'],
  [
    'ISO 8859-1 where Windows has other characters',
    bytes(`${declared('iso-8859-1')}<a>\u0080</a>`, 'latin1'),
    '\u0080',
  ],
  ['ASCII', bytes(`${declared('US-ASCII')}<a>e</a>`), 'e'],
  [
    'Windows-1252',
    Buffer.concat([bytes(`${declared('windows-1252')}<a>`), Buffer.from([0x80]), bytes('</a>')]),
    '€',
  ],
])('decodes %s', (_case, document, text) => {
  const source = readText(document);

  expect(source).not.toBeInstanceOf(Unreadable);
  expect(readXml(source as string)).toMatchObject({ text });
});

it.each([
  ['bytes that are no UTF-8', Buffer.from([0x3c, 0xff])],
  ['UTF-8 that is cut short', bytes('<a>é').subarray(0, -1)],
  ['an encoding that nobody knows', bytes(`${declared('bogus-8')}<a/>`)],
  ['ASCII with more than that', bytes(`${declared('us-ascii')}<a>é</a>`)],
  ['UTF-16 that is none', bytes(`${declared('UTF-16')}<a/>`)],
  ['half a surrogate pair in UTF-16', bytes('\ufeff<a>\ud800</a>', 'utf16le')],
  ['an odd number of bytes in UTF-16', Buffer.concat([bytes('\ufeff<a/>', 'utf16le'), Buffer.from([0])])],
])('cannot decode %s', (_case, document) => {
  expect(readText(document)).toBeInstanceOf(Unreadable);
});

it('throws at no bytes', () => {
  const starts = fc.constantFrom(
    '',
    '\ufeff',
    declared('utf-16'),
    declared('gbk'),
    declared('x'),
    '<?xml encoding="',
  );
  fc.assert(
    fc.property(starts, fc.uint8Array(), (start, rest) => {
      const read = readText(Buffer.concat([bytes(start), rest]));
      if (typeof read === 'string') readXml(read);
    }),
    { numRuns: 1000 },
  );
});
