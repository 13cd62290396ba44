import { expect, it } from 'vitest';
import { CATALOGUE } from '../../src/destinations/catalogue.ts';
import type { Target } from '../../src/destinations/resolve.ts';
import { resolve } from '../../src/destinations/resolve.ts';
import { Problem } from '../../src/problems.ts';
import { TRAPS } from '../support/redirect-traps.ts';

const CONTEXT = {
  catalogue: CATALOGUE,
  clientAreaUrl: 'https://portal.example.com/whmcs/',
  allowedOrigins: [
    'https://shop.example.net:8443',
    'http://127.0.0.1:3000',
    'http://plain.example.com',
    'null',
  ],
};

/** What becomes of a destination: where it leads, or the code and the reason of its refusal. */
function outcomeOf(destination: string): Target | readonly unknown[] {
  try {
    return resolve(destination, undefined, CONTEXT);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [error.code, error.parts.extra?.['reason']];
  }
}

const path = (text: string): Target => ({ kind: 'panel', path: text });
const url = (text: string): Target => ({ kind: 'url', url: text });
const not = (reason: string): readonly unknown[] => ['destination_url_not_allowed', reason];
const UNKNOWN = ['destination_unknown', undefined];

const CONTROL = not('it has a control character');
const BACKSLASH = not('it has a backslash');
const BLANK = not('it begins or ends with a blank');
const OTHER_HOST = not('it begins with //, which names another host');
const FRAGMENT = not('a page of the panel has no fragment');
const NO_URL = not('it is no https URL with a host');
const NOT_HTTPS = not('it is no https URL');
const USER_INFO = not('it has user-info before its host');
const UNREADABLE = not('it cannot be read');
const TOO_LONG = not('it is longer than 2048 characters');
const TOO_LONG_ENCODED = not('it is longer than 2048 characters once it is encoded');
const unlisted = (origin: string): readonly unknown[] => not(`${origin} is not on the allow list`);

const DESTINATIONS: readonly (readonly [text: string, outcome: Target | readonly unknown[]])[] = [
  // Pages of the panel.
  ['/', path('/')],
  ['/smb/web/view', path('/smb/web/view')],
  [
    '/smb/account/switch/id/24?returnUrl=/smb/web/view/',
    path('/smb/account/switch/id/24?returnUrl=/smb/web/view/'),
  ],
  ['/smb/gr\u00f6\u00dfe?q=\u00e4', path('/smb/gr%C3%B6%C3%9Fe?q=%C3%A4')],
  ['/a b', path('/a%20b')],
  ['/admin/?', path('/admin/')],
  ['/admin/%2e%2e/x', path('/x')],
  ['/../../x', path('/x')],
  ['/%2fevil.example', path('/%2fevil.example')],
  ['/%5cevil.example', path('/%5cevil.example')],
  ['/%09/evil.example', path('/%09/evil.example')],
  ['/%0d%0aSet-Cookie:%20a=b', path('/%0d%0aSet-Cookie:%20a=b')],
  ['/\uff0fevil.example', path('/%EF%BC%8Fevil.example')],
  ['/@evil.example', path('/@evil.example')],
  ['/:443@evil.example/', path('/:443@evil.example/')],
  ['/https://evil.example/', path('/https://evil.example/')],
  ['/admin//evil.example', path('/admin//evil.example')],
  [`/${'a'.repeat(2047)}`, path(`/${'a'.repeat(2047)}`)],
  [`/${'a'.repeat(2048)}`, TOO_LONG],
  [`/${'\u00e4'.repeat(1000)}`, TOO_LONG_ENCODED],
  ['//evil', OTHER_HOST],
  ['///evil.example', OTHER_HOST],
  ['//evil.example/../..', OTHER_HOST],
  ['//..', OTHER_HOST],
  ['//portal.example.com/', OTHER_HOST],
  ['/..//evil.example', OTHER_HOST],
  ['/.//evil.example', OTHER_HOST],
  ['/%2e%2e//evil.example', OTHER_HOST],
  ['/a/..//evil.example', OTHER_HOST],
  ['/a/%2E.//evil.example?x', OTHER_HOST],
  ['/\\evil', BACKSLASH],
  ['/smb\\web', BACKSLASH],
  ['\\/evil.example', BACKSLASH],
  ['\\\\evil.example', BACKSLASH],
  ['\\', BACKSLASH],
  ['/\t/evil.tld', CONTROL],
  ['/\n/evil.tld', CONTROL],
  ['/\r/evil.tld', CONTROL],
  ['/\0', CONTROL],
  ['/\u007f', CONTROL],
  ['/\u0085', CONTROL],
  ['/a\u2028b', CONTROL],
  ['/a\u2029', CONTROL],
  ['/\ud800', CONTROL],
  ['\t//evil.example', CONTROL],
  ['\0//evil.example', CONTROL],
  [' /smb/', BLANK],
  ['/smb/ ', BLANK],
  ['/smb/\u00a0', BLANK],
  ['\ufeff/smb/', BLANK],
  ['/smb/#top', FRAGMENT],
  ['/smb/?x#', FRAGMENT],

  // URLs on the list.
  ['https://portal.example.com/', url('https://portal.example.com/')],
  ['https://portal.example.com', url('https://portal.example.com/')],
  ['https://portal.example.com/elsewhere?x=1#y', url('https://portal.example.com/elsewhere?x=1#y')],
  ['hTTpS://PORTAL.Example.COM:443/Back', url('https://portal.example.com/Back')],
  ['https://portal.example.com:/', url('https://portal.example.com/')],
  ['https://portal.example.com:0443/', url('https://portal.example.com/')],
  ['https://portal\u3002example\uff0ecom/', url('https://portal.example.com/')],
  ['https://%70ortal.example.com/', url('https://portal.example.com/')],
  ['https://por\u00adtal.example.com\u200b/', url('https://portal.example.com/')],
  ['https://portal.example.com/a/../b', url('https://portal.example.com/b')],
  ['https://portal.example.com//evil.example', url('https://portal.example.com//evil.example')],
  ['https://portal.example.com/@evil.example', url('https://portal.example.com/@evil.example')],
  ['https://portal.example.com?@evil.example', url('https://portal.example.com/?@evil.example')],
  ['https://portal.example.com#@evil.example', url('https://portal.example.com/#@evil.example')],
  [
    'https://portal.example.com/gr\u00f6\u00dfe "x"',
    url('https://portal.example.com/gr%C3%B6%C3%9Fe%20%22x%22'),
  ],
  ['https://shop.example.net:8443/x', url('https://shop.example.net:8443/x')],
  ['http://127.0.0.1:3000/x', url('http://127.0.0.1:3000/x')],
  ['http://127.1:3000/x', url('http://127.0.0.1:3000/x')],
  ['http://0x7f000001:3000/x', url('http://127.0.0.1:3000/x')],
  [`https://portal.example.com/${'a'.repeat(2021)}`, url(`https://portal.example.com/${'a'.repeat(2021)}`)],

  // URLs that are not.
  [`https://portal.example.com/${'a'.repeat(2022)}`, TOO_LONG],
  [`https://portal.example.com/${'\u00e4'.repeat(1000)}`, TOO_LONG_ENCODED],
  ['https://evil.example/', unlisted('https://evil.example')],
  ['https://portal.example.com./', unlisted('https://portal.example.com.')],
  ['https://portal.example.com:8443/', unlisted('https://portal.example.com:8443')],
  ['https://shop.example.net/', unlisted('https://shop.example.net')],
  ['https://portal.example.com.evil.example/', unlisted('https://portal.example.com.evil.example')],
  ['https://portal.example.com%2eevil.example/', unlisted('https://portal.example.com.evil.example')],
  ['https://xportal.example.com/', unlisted('https://xportal.example.com')],
  ['https://example.com/', unlisted('https://example.com')],
  ['https://p\u043ertal.example.com/', unlisted('https://xn--prtal-jye.example.com')],
  ['https://evil.example?portal.example.com', unlisted('https://evil.example')],
  ['https://evil.example#portal.example.com', unlisted('https://evil.example')],
  ['https://127.0.0.1:3000/', unlisted('https://127.0.0.1:3000')],
  ['http://127.0.0.1:3001/', unlisted('http://127.0.0.1:3001')],
  ['http://localhost:3000/', unlisted('http://localhost:3000')],
  ['http://[::1]:3000/', unlisted('http://[::1]:3000')],
  ['http://portal.example.com/', NOT_HTTPS],
  ['http://plain.example.com/', NOT_HTTPS],
  ['http://portal.example.com:443/', NOT_HTTPS],
  ['http://localhost.:3000/', NOT_HTTPS],
  ['http://127.0.0.1.evil.example:3000/', NOT_HTTPS],
  ['https://portal.example.com@evil/', USER_INFO],
  ['https://portal.example.com:443@evil.example/', USER_INFO],
  ['https://evil.example@portal.example.com/', USER_INFO],
  ['https://@portal.example.com/', USER_INFO],
  ['https://:@portal.example.com/', USER_INFO],
  ['https://a@b@portal.example.com/', USER_INFO],
  ['https:portal.example.com', NO_URL],
  ['https:/portal.example.com', NO_URL],
  ['https:///portal.example.com', NO_URL],
  ['https://', NO_URL],
  ['https://?portal.example.com', NO_URL],
  ['https://#portal.example.com', NO_URL],
  ['https:', NO_URL],
  ['portal.example.com:443', NO_URL],
  ['javascript:alert(1)', NO_URL],
  ['JavaScript://portal.example.com/%0aalert(1)', NO_URL],
  ['data:text/html,<script>alert(1)</script>', NO_URL],
  ['file:///etc/passwd', NO_URL],
  ['ftp://portal.example.com/', NO_URL],
  ['ws://portal.example.com/', NO_URL],
  ['blob:https://portal.example.com/x', NO_URL],
  ['https+x://portal.example.com/', NO_URL],
  ['view-source:https://portal.example.com/', NO_URL],
  ['https:\\\\portal.example.com', BACKSLASH],
  ['https://evil.example\\@portal.example.com/', BACKSLASH],
  ['https://portal.example.com\\.evil.example/', BACKSLASH],
  [' https://portal.example.com/', BLANK],
  ['https://portal.example.com/ ', BLANK],
  ['\u3000https://portal.example.com/', BLANK],
  ['\u001bhttps://portal.example.com/', CONTROL],
  ['https://portal.exa\tmple.com/', CONTROL],
  ['https://portal.example.com/\r\nX-Evil: 1', CONTROL],
  ['https://portal.example.com\u2029.evil.example/', CONTROL],
  ['https://portal.example.com%40evil.example/', UNREADABLE],
  ['https://portal.example.com%2f.evil.example/', UNREADABLE],
  ['https://portal.example.com%00/', UNREADABLE],
  ['https://portal.example.com /', UNREADABLE],
  ['https://portal.example.com:x/', UNREADABLE],
  ['https://portal.example.com:65536/', UNREADABLE],
  ['https://portal.example.com\uff0fevil.example/', UNREADABLE],
  ['https://[::1/', UNREADABLE],
  ['https://256.1.1.1/', UNREADABLE],

  // Neither.
  ['java\nscript:alert(1)', UNKNOWN],
  ['portal.example.com/x', UNKNOWN],
  ['\u200bhttps://portal.example.com/', UNKNOWN],
  ['null', UNKNOWN],
];

it('has texts that differ', () => {
  expect(new Set(DESTINATIONS.map(([text]) => text)).size).toBe(DESTINATIONS.length);
});

it.each(DESTINATIONS)('makes of the destination %j what a browser would, or refuses it', (text, outcome) => {
  expect(outcomeOf(text)).toEqual(outcome);
});

it('tells the log why, without what came in', () => {
  const secret = 'https://portal.example.com@evil.example/?sso=s3cret';

  expect(() => resolve(secret, undefined, CONTEXT)).toThrow(
    expect.objectContaining({ message: 'it has user-info before its host' }),
  );
});

it.each(TRAPS)('sends nobody astray by %s', (_what, text, expected) => {
  const outcome = outcomeOf(text);
  const isListed = typeof expected === 'object' && expected.host === 'portal.example.com';

  if (!('kind' in outcome)) {
    // What the emulator takes for a page of its own may still be too long, end in a fragment or lead to //.
    expect(isListed ? 'refused' : outcome[0]).toMatch(/^destination_(url_not_allowed|unknown)$/);
    return;
  }
  expect(outcome.kind).toBe(isListed ? 'url' : expected);
  const location = outcome.kind === 'url' ? outcome.url : outcome.kind === 'panel' ? outcome.path : '';
  expect(location).toMatch(/^[!-~]+$/);
  expect(new URL(location, 'https://panel.example:8443/enterprise/rsession_init.php').origin).toBe(
    isListed ? 'https://portal.example.com' : 'https://panel.example:8443',
  );
});

it('judges a host beyond ASCII for the thousandth time as for the first', () => {
  const context = { ...CONTEXT, allowedOrigins: ['https://xn--bcher-kva.example'] };
  const targets = new Set<string>();

  for (let time = 0; time < 20_000; time += 1)
    targets.add(JSON.stringify(resolve('https://b\u00fccher.example/', undefined, context)));

  expect([...targets]).toEqual(['{"kind":"url","url":"https://xn--bcher-kva.example/"}']);
});
