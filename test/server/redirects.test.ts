import { expect, it } from 'vitest';
import type { RedirectContext } from '../../server/panel/redirects.ts';
import { judgeRedirect, sourceServerTarget } from '../../server/panel/redirects.ts';
import type { ReleaseName } from '../../server/protocol/versions/releases.ts';
import { RELEASES } from '../../server/protocol/versions/releases.ts';

type Policy = 'initiating host' | 'any host' | 'trusted hosts';

/** The table of the protocol's section 6.16, a release a line. */
const POLICIES: Readonly<Record<ReleaseName, { readonly success: Policy; readonly failure: Policy }>> = {
  '10.4': { success: 'initiating host', failure: 'initiating host' },
  '11.0': { success: 'initiating host', failure: 'initiating host' },
  '11.5': { success: 'initiating host', failure: 'initiating host' },
  '12.0': { success: 'initiating host', failure: 'initiating host' },
  '12.5': { success: 'any host', failure: 'any host' },
  '17.0': { success: 'any host', failure: 'trusted hosts' },
  '17.5': { success: 'any host', failure: 'trusted hosts' },
  '17.8': { success: 'any host', failure: 'trusted hosts' },
  '18.0': { success: 'trusted hosts', failure: 'trusted hosts' },
};

const PANEL = 'http://panel.example:8880';
const SOURCE = 'billing.example';

const LISTS = {
  absent: undefined,
  empty: [],
  list: ['portal.example.com', '*.Example.NET', '192.0.2.1', '2001:DB8::7', 'Upper.Example'],
} as const;

/** Who lets a URL pass: I the initiating host's rule, A any host, U an absent list, E an empty one, L the list. */
const TARGETS: readonly (readonly [url: string, passes: string])[] = [
  ['/', 'AUEL'],
  ['/smb/web/view?x=1&y=/z#top', 'AUEL'],
  [`${PANEL}/admin/`, 'AUEL'],
  ['http://PANEL.example:8880/admin/', 'AUEL'],
  ['http://panel.example/admin/', 'AU'],
  ['https://panel.example:8880/admin/', 'AU'],
  ['https://billing.example/', 'IAU'],
  ['http://BILLING.example:8080/back', 'IAU'],
  ['https://sub.billing.example/', 'AU'],
  ['https://portal.example.com/', 'AUL'],
  ['https://PORTAL.example.com:9443/x?y#z', 'AUL'],
  ['https://sub.portal.example.com/', 'AU'],
  ['https://one.example.net/', 'AUL'],
  ['http://TWO.one.example.net:81/', 'AUL'],
  ['https://example.net/', 'AU'],
  ['https://one.example.net.evil.example/', 'AU'],
  ['https://192.0.2.1/', 'AUL'],
  ['https://192.0.2.10/', 'AU'],
  ['https://[2001:db8:0::7]:8443/', 'AUL'],
  ['https://[2001:db8::8]/', 'AU'],
  ['https://upper.example/', 'AUL'],
  ['https://evil.example/', 'AU'],
];

const LETTERS = { absent: 'U', empty: 'E', list: 'L' } as const;

const contextOf = (plesk: string, besides: Partial<RedirectContext> = {}): RedirectContext => {
  const release = RELEASES.find((row) => row.plesk === plesk);
  if (release === undefined) throw new Error(`no release ${plesk}`);
  return {
    redirects: release.redirects,
    origin: PANEL,
    sourceServer: SOURCE,
    trustedHosts: undefined,
    absoluteRedirects: 'any',
    ...besides,
  };
};

const COMBINATIONS = RELEASES.flatMap(({ plesk }) =>
  (['success', 'failure'] as const).flatMap((kind) =>
    (['absent', 'empty', 'list'] as const).map((list) => ({
      plesk,
      kind,
      list,
      policy: POLICIES[plesk][kind],
    })),
  ),
);

it.each(COMBINATIONS)(
  'judges ${kind}_redirect_url on $plesk by $policy, trustedRedirectHosts being $list',
  ({ plesk, kind, list, policy }) => {
    const letter = { 'initiating host': 'I', 'any host': 'A', 'trusted hosts': LETTERS[list] }[policy];
    const context = contextOf(plesk, { trustedHosts: LISTS[list] });

    const passed = TARGETS.filter(([url]) => judgeRedirect(url, kind, context).allowed);

    expect(passed.map(([url]) => url)).toEqual(
      TARGETS.filter(([, passes]) => passes.includes(letter)).map(([url]) => url),
    );
  },
);

it.each(['12.5', '17.0', '17.5', '17.8'])(
  'holds success_redirect_url on %s to paths and the initiating host by the setting absoluteRedirects',
  (plesk) => {
    const context = contextOf(plesk, { absoluteRedirects: 'initiating-host' });

    const passed = TARGETS.filter(([url]) => judgeRedirect(url, 'success', context).allowed);

    expect(passed.map(([url]) => url)).toEqual([
      '/',
      '/smb/web/view?x=1&y=/z#top',
      `${PANEL}/admin/`,
      'http://PANEL.example:8880/admin/',
      'https://billing.example/',
      'http://BILLING.example:8080/back',
    ]);
  },
);

it('leaves failure_redirect_url on 12.5 alone by the setting absoluteRedirects', () => {
  const context = contextOf('12.5', { absoluteRedirects: 'initiating-host' });

  expect(TARGETS.filter(([url]) => !judgeRedirect(url, 'failure', context).allowed)).toEqual([]);
});

it.each([
  ['nothing', '', 'panel.example'],
  ['a host', 'billing.example', 'billing.example'],
  ['a host in mixed case', 'Billing.Example', 'billing.example'],
  ['a host and a port', 'billing.example:8080', 'billing.example'],
  ['a URL', 'https://billing.example/client.php?id=1', 'billing.example'],
  ['a URL with a port', 'http://BILLING.example:8080', 'billing.example'],
  ['an address', '192.0.2.7', '192.0.2.7'],
  ['an address as WHMCS sends it, in a URL', 'http://192.0.2.7/', '192.0.2.7'],
  ['an IPv6 address', '2001:DB8:0::7', '[2001:db8::7]'],
  ['an IPv6 address in brackets', '[2001:db8::7]', '[2001:db8::7]'],
  ['a URL with an IPv6 address', 'https://[2001:db8::7]:8443/', '[2001:db8::7]'],
  ['a mapped IPv4 address', '::ffff:192.0.2.7', '192.0.2.7'],
])('takes the initiating host on 12.0 from a source_server that is %s', (_what, sourceServer, host) => {
  const context = contextOf('12.0', { sourceServer });
  const hosts = ['panel.example', 'billing.example', 'evil.example', '192.0.2.7', '[2001:db8::7]'];

  const passed = hosts.filter((name) => judgeRedirect(`http://${name}/`, 'success', context).allowed);

  expect(passed).toEqual([host]);
});

it.each([
  ['a host', 'billing.example', 'https://billing.example/'],
  ['a host of one label', 'intranet', 'https://intranet/'],
  ['a URL', 'https://billing.example/back?x=1#y', 'https://billing.example/back?x=1#y'],
  ['a URL of plain HTTP with a port', 'HTTP://billing.example:8080/', 'HTTP://billing.example:8080/'],
  ['a URL with an address', 'http://192.0.2.7/back', 'http://192.0.2.7/back'],
])('leads back to a source_server that is %s', (_what, sourceServer, location) => {
  expect(sourceServerTarget(sourceServer, contextOf('18.0'))).toEqual({ allowed: true, location });
});

it.each([
  ['nothing', ''],
  ['an address', '192.0.2.7'],
  ['an IPv6 address', '2001:db8::7'],
  ['an IPv6 address in brackets', '[2001:db8::7]'],
  ['an address as one number', '3221225991'],
  ['an address in hexadecimal', '0xc0.0.2.7'],
  ['an address in short', '127.1'],
  ['a name that ends in a number', '256.256.256.256'],
  ['a host and a port', 'billing.example:8080'],
  ['a path', '/admin/'],
  ['another scheme', 'ftp://billing.example/'],
  ['javascript:', 'javascript:alert(1)'],
  ['words', 'the billing system'],
])('leads nowhere for a source_server that is %s', (_what, sourceServer) => {
  expect(sourceServerTarget(sourceServer, contextOf('18.0'))).toBeUndefined();
});

it.each([
  ['a URL with user-info', 'https://a@billing.example/', 'redirect/form'],
  ['a URL without a host', 'https:///x', 'redirect/form'],
  ['a host that is not trusted', 'evil.example', 'redirect/trusted-hosts'],
  ['a URL that is not trusted', 'https://evil.example/', 'redirect/trusted-hosts'],
])('refuses as a failure_redirect_url a source_server that is %s', (_what, sourceServer, rule) => {
  const context = contextOf('18.0', { trustedHosts: ['billing.example'] });

  expect(sourceServerTarget(sourceServer, context)).toMatchObject({ allowed: false, rule: { id: rule } });
});

it('makes a path absolute on the origin that the browser sees, and leaves it a path where there is none', () => {
  const url = '/smb/web/view?x=1#y';
  expect(judgeRedirect(url, 'success', contextOf('18.0'))).toEqual({
    allowed: true,
    location: `${PANEL}${url}`,
  });
  expect(judgeRedirect(url, 'success', contextOf('18.0', { origin: undefined }))).toEqual({
    allowed: true,
    location: url,
  });
});
