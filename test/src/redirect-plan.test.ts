import { expect, it } from 'vitest';
import { Secret } from '../../base/secret.ts';
import type { Target } from '../../src/destinations/resolve.ts';
import type { PleskServer } from '../../src/directory/directory.ts';
import type { RedirectPlan } from '../../src/plesk/redirects.ts';
import { failureRedirect, planRedirect } from '../../src/plesk/redirects.ts';
import { RELEASE_NAMES } from '../../src/plesk/releases.ts';
import { Problem } from '../../src/problems.ts';

const REFERENCE = '0123456789abcdef0123456789abcdef';
const SENDER = { publicUrl: 'https://sso.example.com', reference: REFERENCE, panelPaths: [] };
const DOOR = `https://sso.example.com/continue/${REFERENCE}`;
const PANEL = 'https://plesk.example.net:8443';

const serverOf = (besides: Partial<PleskServer>): PleskServer => ({
  id: 'one',
  origin: PANEL,
  release: '18.0',
  credentials: { kind: 'key', key: new Secret('key') },
  ca: undefined,
  fingerprint: undefined,
  trustedRedirectHosts: undefined,
  absoluteRedirects: 'any',
  failureRedirectUrl: undefined,
  sendsPhpSessionId: false,
  ...besides,
});

function plan(server: PleskServer, target: Target, sender = SENDER): RedirectPlan | 'refused' {
  try {
    return planRedirect(server, target, sender);
  } catch (error) {
    if (error instanceof Problem && error.code === 'redirect_not_allowed_by_plesk') return 'refused';
    throw error;
  }
}

const TARGETS = {
  home: { kind: 'home' },
  panel: { kind: 'panel', path: '/smb/web/view?x=1' },
  own: { kind: 'url', url: `${PANEL}/smb/web/view?x=1#y` },
  area: { kind: 'url', url: 'https://billing.example.com/cart?x=1#y' },
  shop: { kind: 'url', url: 'https://shop.billing.example.com/' },
  ours: { kind: 'url', url: 'https://sso.example.com:8443/area/cart' },
} as const satisfies Readonly<Record<string, Target>>;

type What = keyof typeof TARGETS;

const locationOf = (what: What): string => {
  const target: Target = TARGETS[what];
  return target.kind === 'home' ? '' : target.kind === 'panel' ? `${PANEL}${target.path}` : target.url;
};

/** The ways that there are: `-` to the start page, `p` a path, `d` direct, `c` by the door, `x` none. */
const WAYS: Readonly<Record<string, (what: What) => RedirectPlan | 'refused'>> = {
  '-': () => ({}),
  p: (what) => ({ success: locationOf(what).slice(PANEL.length) }),
  d: (what) => ({ success: locationOf(what) }),
  c: (what) => ({ success: DOOR, target: locationOf(what) }),
  x: () => 'refused',
};

const LISTS: readonly (readonly [name: string, hosts: readonly string[] | undefined])[] = [
  ['absent', undefined],
  ['empty', []],
  ['ours', ['sso.example.com']],
  ["the client area's", ['billing.example.com']],
  ['both', ['sso.example.com', 'billing.example.com']],
  ['*.example.com', ['*.example.com']],
  ['*.billing.example.com', ['*.billing.example.com']],
  ["another's", ['example.org']],
];

type Rows = Readonly<Record<What, string>>;

/** The list counts for nothing here. */
const UP_TO_12_0: Rows = {
  home: '--------',
  panel: 'cccccccc',
  own: 'cccccccc',
  area: 'cccccccc',
  shop: 'cccccccc',
  ours: 'dddddddd',
};
const ANY: Rows = {
  home: '--------',
  panel: 'pppppppp',
  own: 'pppppppp',
  area: 'dddddddd',
  shop: 'dddddddd',
  ours: 'dddddddd',
};
const NARROWED: Rows = { ...ANY, area: 'cccccccc', shop: 'cccccccc' };
/** A column for each of LISTS. */
const OF_18: Rows = {
  home: '--------',
  panel: 'pppppppp',
  own: 'pppppppp',
  area: 'dxcdddxx',
  shop: 'dxcxcddx',
  ours: 'dxdxddxx',
};

const ROWS: Readonly<
  Record<(typeof RELEASE_NAMES)[number], Readonly<Record<'any' | 'initiating-host', Rows>>>
> = {
  '10.4': { any: UP_TO_12_0, 'initiating-host': UP_TO_12_0 },
  '11.0': { any: UP_TO_12_0, 'initiating-host': UP_TO_12_0 },
  '11.5': { any: UP_TO_12_0, 'initiating-host': UP_TO_12_0 },
  '12.0': { any: UP_TO_12_0, 'initiating-host': UP_TO_12_0 },
  '12.5': { any: ANY, 'initiating-host': NARROWED },
  '17.0': { any: ANY, 'initiating-host': NARROWED },
  '17.5': { any: ANY, 'initiating-host': NARROWED },
  '17.8': { any: ANY, 'initiating-host': NARROWED },
  '18.0': { any: OF_18, 'initiating-host': OF_18 },
};

const WHATS = Object.keys(TARGETS) as readonly What[];

const CASES = RELEASE_NAMES.flatMap((release) =>
  (['any', 'initiating-host'] as const).flatMap((absoluteRedirects) =>
    LISTS.map(([list, trustedRedirectHosts], column) => ({
      release,
      absoluteRedirects,
      list,
      column,
      server: serverOf({ release, absoluteRedirects, trustedRedirectHosts }),
    })),
  ),
);

it.each(CASES)(
  'asks of $release what it allows, absoluteRedirects being $absoluteRedirects and trustedRedirectHosts $list',
  ({ release, absoluteRedirects, column, server }) => {
    const rows = ROWS[release][absoluteRedirects];
    const expected = WHATS.map((what) => [what, WAYS[rows[what][column] ?? '']?.(what)]);

    expect(WHATS.map((what) => [what, plan(server, TARGETS[what])])).toEqual(expected);
  },
);

it('says which Plesk it is that refuses, and whom that trusts', () => {
  const server = serverOf({ trustedRedirectHosts: ['example.org', '*.example.net'] });

  expect(() => planRedirect(server, TARGETS.area, SENDER)).toThrow(
    expect.objectContaining({
      code: 'redirect_not_allowed_by_plesk',
      parts: {
        extra: { plesk_release: '18.0', trusted_redirect_hosts: ['example.org', '*.example.net'] },
        detail: 'one trusts neither billing.example.com nor this service',
      },
    }),
  );
});

/** Whether 18.0 goes there at once. */
const isTrusted = (entry: string, host: string): boolean => {
  const url = `https://${host}/x`;
  const made = plan(serverOf({ trustedRedirectHosts: [entry] }), { kind: 'url', url });
  return made !== 'refused' && made.success === url;
};

it.each([
  ['billing.example.com', 'billing.example.com'],
  ['Billing.EXAMPLE.com', 'billing.example.com'],
  ['billing.example.com', 'billing.example.com:8443'],
  ['billing.example.com:9443', 'billing.example.com'],
  ['*.example.com', 'billing.example.com'],
  ['*.Example.Com', 'a.b.c.example.com'],
  ['*.com', 'example.com'],
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.1', '192.0.2.1:8443'],
  ['2001:DB8:0::7', '[2001:db8::7]'],
  ['[2001:db8::7]', '[2001:db8::7]:8443'],
  ['b\u00fccher.example', 'xn--bcher-kva.example'],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
])('takes trustedRedirectHosts of %s for the trust of %s', (entry, host) => {
  expect(isTrusted(entry, host)).toBe(true);
});

it.each([
  ['example.com', 'billing.example.com'],
  ['billing.example.com', 'example.com'],
  ['billing.example.com', 'xbilling.example.com'],
  ['billing.example.com', 'billing.example.com.'],
  ['billing.example.com.', 'billing.example.com'],
  ['billing.example.com', 'billing.example.com.evil.example'],
  ['*.example.com', 'example.com'],
  ['*.example.com', 'xexample.com'],
  ['*.example.com', 'a.example.com.'],
  ['*.example.com', 'example.com.evil.example'],
  ['*example.com', 'billing.example.com'],
  ['billing.*.com', 'billing.example.com'],
  ['*.*.com', 'billing.example.com'],
  ['*', 'billing.example.com'],
  ['*.', 'billing.example.com'],
  ['', 'billing.example.com'],
  ['.', 'billing.example.com'],
  ['.example.com', 'billing.example.com'],
  ['https://billing.example.com', 'billing.example.com'],
  ['billing.example.com/x', 'billing.example.com'],
  ['x@billing.example.com', 'billing.example.com'],
  ['billing.example.com#x', 'billing.example.com'],
  ['billing.example.com?x', 'billing.example.com'],
  ['a, billing.example.com', 'billing.example.com'],
  ['192.0.2.1', '192.0.2.10'],
  ['*.0.2.1', '192.0.2.1'],
  ['2001:db8::7', '[2001:db8::8]'],
  ['%', 'billing.example.com'],
])('does not take trustedRedirectHosts of %j for the trust of %s', (entry, host) => {
  expect(isTrusted(entry, host)).toBe(false);
});

it.each(['https://sso.example.com', 'https://sso.example.com/'])(
  'has one slash before its door at %s',
  (publicUrl) => {
    expect(plan(serverOf({ release: '12.0' }), TARGETS.area, { ...SENDER, publicUrl })).toEqual(
      WAYS['c']?.('area'),
    );
  },
);

it('has its door below the path of its public URL', () => {
  const sender = { ...SENDER, publicUrl: 'https://sso.example.com:9443/login' };
  expect(plan(serverOf({ release: '12.0' }), TARGETS.area, sender)).toEqual({
    success: `https://sso.example.com:9443/login/continue/${REFERENCE}`,
    target: locationOf('area'),
  });
});

it('needs no door for a page of the panel where 12.0 runs on its own host', () => {
  const sender = { ...SENDER, publicUrl: 'https://plesk.example.net/sso' };
  expect(plan(serverOf({ release: '12.0' }), TARGETS.panel, sender)).toEqual({
    success: locationOf('panel'),
  });
  expect(plan(serverOf({ release: '18.0', trustedRedirectHosts: [] }), TARGETS.panel, sender)).toEqual(
    WAYS['p']?.('panel'),
  );
});

it.each([
  ['another port', 'https://plesk.example.net/x'],
  ['another scheme', 'http://plesk.example.net:8443/x'],
])('takes for no page of the panel a URL on its host with %s', (_what, url) => {
  expect(plan(serverOf({ trustedRedirectHosts: [] }), { kind: 'url', url })).toBe('refused');
  expect(plan(serverOf({ trustedRedirectHosts: ['plesk.example.net'] }), { kind: 'url', url })).toEqual({
    success: url,
  });
});

const FAILURES = {
  ours: 'https://sso.example.com/failed',
  area: 'https://billing.example.com/',
  own: `${PANEL}/login_up.php?x=1`,
  path: '/login_up.php?x=1',
} as const;
const OWN_PATH = FAILURES.path;

/** What is sent, a column for each of the lists absent, empty, ours and the client area's. */
const FAILURE_ROWS: readonly (readonly [
  releases: readonly (typeof RELEASE_NAMES)[number][],
  what: keyof typeof FAILURES,
  sent: readonly (string | undefined)[],
])[] = [
  [['10.4', '11.0', '11.5', '12.0'], 'ours', [FAILURES.ours, FAILURES.ours, FAILURES.ours, FAILURES.ours]],
  [['10.4', '11.0', '11.5', '12.0'], 'area', [undefined, undefined, undefined, undefined]],
  [['10.4', '11.0', '11.5', '12.0'], 'own', [undefined, undefined, undefined, undefined]],
  [['10.4', '11.0', '11.5', '12.0'], 'path', [undefined, undefined, undefined, undefined]],
  [['12.5'], 'ours', [FAILURES.ours, FAILURES.ours, FAILURES.ours, FAILURES.ours]],
  [['12.5'], 'area', [FAILURES.area, FAILURES.area, FAILURES.area, FAILURES.area]],
  [['17.0', '17.5', '17.8', '18.0'], 'ours', [FAILURES.ours, undefined, FAILURES.ours, undefined]],
  [['17.0', '17.5', '17.8', '18.0'], 'area', [FAILURES.area, undefined, undefined, FAILURES.area]],
  [['12.5', '17.0', '17.5', '17.8', '18.0'], 'own', [OWN_PATH, OWN_PATH, OWN_PATH, OWN_PATH]],
  [['12.5', '17.0', '17.5', '17.8', '18.0'], 'path', [OWN_PATH, OWN_PATH, OWN_PATH, OWN_PATH]],
];

it.each(
  FAILURE_ROWS.flatMap(([releases, what, sent]) => releases.map((release) => ({ release, what, sent }))),
)('sends $release a failure_redirect_url ($what) only where it would go there', ({ release, what, sent }) => {
  const made = LISTS.slice(0, sent.length).map(([, trustedRedirectHosts]) =>
    failureRedirect(
      // What narrows success_redirect_url is nothing to it.
      serverOf({
        release,
        trustedRedirectHosts,
        failureRedirectUrl: FAILURES[what],
        absoluteRedirects: 'initiating-host',
      }),
      SENDER.publicUrl,
    ),
  );

  expect(made).toEqual(sent);
});

it.each(RELEASE_NAMES)('sends %s no failure_redirect_url where the server has none', (release) => {
  expect(failureRedirect(serverOf({ release }), SENDER.publicUrl)).toBeUndefined();
});

it.each([
  'javascript:alert(1)',
  'ftp://sso.example.com/',
  'sso.example.com',
  'https://',
  '',
  'https://user@sso.example.com/',
  'https://:word@sso.example.com/',
])('sends no failure_redirect_url such as %j', (failureRedirectUrl) => {
  for (const release of RELEASE_NAMES)
    expect(failureRedirect(serverOf({ release, failureRedirectUrl }), SENDER.publicUrl)).toBeUndefined();
});
