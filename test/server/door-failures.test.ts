import { expect, it } from 'vitest';
import type { EmulatorOptions } from '../../server/emulator.ts';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { browse, doorUrl } from '../support/browse.ts';
import { start, UP_TO_12_0, UP_TO_12_5 } from '../support/emulator.ts';
import { newToken } from '../support/wire.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A session that the browsers of these tests are no part of. */
const ELSEWHERE = { user_ip: '192.0.2.7' } as const;

it.each(RELEASE_NAMES)('sends a browser that it turns away to the login path of %s', async (name) => {
  const { plesk } = await start({ plesk: name });
  const path = UP_TO_12_0.includes(name) ? '/login_up.php3' : '/login.php';
  const token = await newToken(plesk, 'carl', ELSEWHERE);
  const wanted = '/smb/web/view?id=1&x=ä';
  const kept = '?success_redirect_url=%2Fsmb%2Fweb%2Fview%3Fid%3D1%26x%3D%C3%A4';

  const bare = await browse(doorUrl(plesk.url, { PLESKSESSID: token }));
  const wanting = await browse(doorUrl(plesk.url, { PLESKSESSID: token, success_redirect_url: wanted }));

  expect(bare.location).toBe(`${plesk.url}${path}`);
  expect(wanting.location).toBe(`${plesk.url}${path}${kept}`);
  const [login, again] = [await browse(bare.location ?? ''), await browse(wanting.location ?? '')];
  const isForm = UP_TO_12_0.includes(name);
  expect(isForm ? login.status : login.location).toBe(isForm ? 200 : `${plesk.url}/login_up.php`);
  expect(isForm ? again.status : again.location).toBe(isForm ? 200 : `${plesk.url}/login_up.php${kept}`);
});

it.each(RELEASE_NAMES)(
  'prefers failure_redirect_url on %s, then source_server from 17.0 on, then the login path',
  async (name) => {
    const { plesk } = await start({ plesk: name });
    const login = `${plesk.url}${UP_TO_12_0.includes(name) ? '/login_up.php3' : '/login.php'}`;
    const PLESKSESSID = await newToken(plesk, 'carl', {
      ...ELSEWHERE,
      source_server: base64('https://billing.example/back'),
    });
    // The same host as source_server's, so that every release lets it pass.
    const failure_redirect_url = 'https://billing.example/failed?x=1';

    const chosen = await browse(doorUrl(plesk.url, { PLESKSESSID, failure_redirect_url }));
    const source = await browse(doorUrl(plesk.url, { PLESKSESSID, failure_redirect_url: '' }));
    const refused = await browse(
      doorUrl(plesk.url, { PLESKSESSID, failure_redirect_url: 'javascript:alert(1)' }),
    );

    expect(chosen.location).toBe(failure_redirect_url);
    expect(source.location).toBe(UP_TO_12_5.includes(name) ? login : 'https://billing.example/back');
    expect(refused.location).toBe(login);
  },
);

it.each([
  ['a host', 'billing.example', 'https://billing.example/'],
  ['a host in base64', base64('billing.example'), 'https://billing.example/'],
  ['a host of one label, which is base64 as well', 'intranet', 'https://intranet/'],
  ['a URL', 'https://billing.example/a?b=c', 'https://billing.example/a?b=c'],
  ['a URL in base64', base64('http://billing.example:81/a?b=c'), 'http://billing.example:81/a?b=c'],
  ['an address', '192.0.2.9', undefined],
  ['an address in base64, as WHMCS sends it', base64('192.0.2.9'), undefined],
  ['an IPv6 address in base64', base64('2001:db8::9'), undefined],
  ['words', 'the billing system', undefined],
  ['nothing', '', undefined],
])('leads back to a source_server that is %s on 18.0', async (_what, sourceServer, location) => {
  const { plesk } = await start();
  const PLESKSESSID = await newToken(plesk, 'carl', { ...ELSEWHERE, source_server: sourceServer });

  const page = await browse(doorUrl(plesk.url, { PLESKSESSID }));

  expect(page.location).toBe(location ?? `${plesk.url}/login.php`);
});

it.each<[string, EmulatorOptions, boolean]>([
  ['absent', {}, true],
  ['empty', { trustedRedirectHosts: [] }, false],
  ['a list with the host', { trustedRedirectHosts: ['*.Example'] }, true],
  ['a list without it', { trustedRedirectHosts: ['example'] }, false],
])('lets trustedRedirectHosts, being %s, decide on every host of 18.0', async (_what, options, isTrusted) => {
  const { plesk } = await start(options);
  const url = 'https://billing.example/';
  const away = await newToken(plesk, 'carl', { ...ELSEWHERE, source_server: url });

  const success = await browse(
    doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk), success_redirect_url: url }),
  );
  const failure = await browse(doorUrl(plesk.url, { PLESKSESSID: away, failure_redirect_url: url }));
  const source = await browse(doorUrl(plesk.url, { PLESKSESSID: away }));

  expect(success.location).toBe(isTrusted ? url : `${plesk.url}/smb/`);
  expect(failure.location).toBe(isTrusted ? url : `${plesk.url}/login.php`);
  expect(source.location).toBe(isTrusted ? url : `${plesk.url}/login.php`);
});

it.each(['expired', 'used', 'terminated'])(
  'leads back to the source_server of a session that is %s',
  async (how) => {
    const { plesk, clock } = await start();
    const PLESKSESSID = await newToken(plesk, 'carl', { source_server: base64('billing.example') });
    if (how === 'used') await browse(doorUrl(plesk.url, { PLESKSESSID }));
    else clock.pass(1800);

    const page = await browse(doorUrl(plesk.url, { PLESKSESSID }));

    expect(page.location).toBe('https://billing.example/');
  },
);

it.each(RELEASE_NAMES)(
  'turns away on %s, or lets in at the default page, whose success_redirect_url is refused',
  async (name) => {
    const { plesk } = await start({ plesk: name });
    const PLESKSESSID = await newToken(plesk);
    const params = { PLESKSESSID, success_redirect_url: '//evil.example/x' };

    const page = await browse(doorUrl(plesk.url, params));

    const isOld = UP_TO_12_0.includes(name);
    expect(page.location).toBe(
      isOld ? `${plesk.url}/login_up.php3?success_redirect_url=%2F%2Fevil.example%2Fx` : `${plesk.url}/smb/`,
    );
    expect(page.cookies.length > 0).toBe(!isOld);
    // Who was turned away has not spent the token.
    const again = await browse(doorUrl(plesk.url, { PLESKSESSID }));
    expect(again.cookies.length > 0).toBe(isOld);
  },
);

it.each([
  ['the panel, without source_server', '', (panel: string) => `${panel}/admin/customer/list`, true],
  ['the host in source_server', 'billing.example', () => 'http://billing.example:81/back', true],
  ['the host in base64', base64('https://billing.example/x'), () => 'https://BILLING.example/', true],
  ['the address in base64', base64('192.0.2.9'), () => 'http://192.0.2.9/', true],
  ['the IPv6 address', '2001:DB8::9', () => 'http://[2001:db8:0:0::9]/', true],
  ['another host than source_server', 'billing.example', (panel: string) => `${panel}/admin/`, false],
  ['another host than the panel', '', () => 'https://billing.example/', false],
  ['a path', '', () => '/admin/customer/list', false],
])('takes on 12.0 a success_redirect_url that leads to %s', async (_what, sourceServer, urlOf, isTaken) => {
  const { plesk } = await start({ plesk: '12.0' });
  const PLESKSESSID = await newToken(plesk, 'carl', { source_server: sourceServer });
  const url = urlOf(plesk.url);

  const page = await browse(doorUrl(plesk.url, { PLESKSESSID, success_redirect_url: url }));

  expect(page.location).toBe(
    isTaken ? url : `${plesk.url}/login_up.php3?success_redirect_url=${encodeURIComponent(url)}`,
  );
});

it.each(RELEASE_NAMES)(
  'opens starting_url on %s up to 12.5, where nothing else was asked for',
  async (name) => {
    const { plesk } = await start({ plesk: name });
    const isUsed = UP_TO_12_5.includes(name);
    const openWith = async (startingUrl: string, wanted: string): Promise<string | undefined> => {
      const PLESKSESSID = await newToken(plesk, 'carl', { starting_url: startingUrl });
      return (await browse(doorUrl(plesk.url, { PLESKSESSID, success_redirect_url: wanted }))).location;
    };

    expect(await openWith('/smb/start', '')).toBe(`${plesk.url}${isUsed ? '/smb/start' : '/smb/'}`);
    expect(await openWith(base64('/smb/start'), '')).toBe(`${plesk.url}${isUsed ? '/smb/start' : '/smb/'}`);
    expect(await openWith('/smb/start', `${plesk.url}/smb/own`)).toBe(`${plesk.url}/smb/own`);
    expect(await openWith('https://evil.example/', '')).toBe(`${plesk.url}/smb/`);
    expect(await openWith('//evil.example/', '')).toBe(`${plesk.url}/smb/`);
  },
);
