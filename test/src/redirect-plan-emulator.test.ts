import { expect, it } from 'vitest';
import { Secret } from '../../base/secret.ts';
import type { RedirectContext, Verdict } from '../../server/panel/redirects.ts';
import { judgeRedirect } from '../../server/panel/redirects.ts';
import { RELEASES as EMULATED } from '../../server/protocol/versions/releases.ts';
import type { Target } from '../../src/destinations/resolve.ts';
import type { PleskServer } from '../../src/directory/directory.ts';
import type { RedirectPlan } from '../../src/plesk/redirects.ts';
import { failureRedirect, planRedirect } from '../../src/plesk/redirects.ts';
import type { ReleaseName } from '../../src/plesk/releases.ts';
import { Problem } from '../../src/problems.ts';

const PANEL = 'https://plesk.example.net:8443';
const REFERENCE = '0123456789abcdef0123456789abcdef';
const HOSTS = ['sso.example.com', 'billing.example.com', 'plesk.example.net', '192.0.2.1', '[2001:db8::7]'];
const PUBLIC_URLS = HOSTS.map((host) => `https://${host}`);
const URLS = [
  ...HOSTS.flatMap((host) => [`https://${host}/x?y=1#z`, `http://${host}:8080/`]),
  'https://a.sso.example.com/',
  'https://example.com/',
  'https://example.com./',
  `${PANEL}/smb/`,
];
const LISTS: readonly (readonly string[] | undefined)[] = [
  undefined,
  [],
  ['sso.example.com'],
  ['billing.example.com', 'plesk.example.net'],
  ['*.example.com'],
  ['*.SSO.example.com', '192.0.2.1'],
  ['2001:db8::7', 'example.com'],
];

const target = (url: string): Target => ({ kind: 'url', url });
const TARGETS: readonly Target[] = [
  { kind: 'panel', path: '/' },
  { kind: 'panel', path: '/smb/web/view?returnUrl=https://evil.example/' },
  ...URLS.map(target),
];

/** One Plesk as the service knows it, and as the emulator is it. */
const SITUATIONS = EMULATED.flatMap(({ plesk, redirects }) =>
  PUBLIC_URLS.flatMap((publicUrl) =>
    LISTS.flatMap((trusted) =>
      (['any', 'initiating-host'] as const).map((absoluteRedirects) => {
        const server: PleskServer = {
          id: 'one',
          origin: PANEL,
          release: plesk satisfies ReleaseName,
          credentials: { kind: 'key', key: new Secret('key') },
          ca: undefined,
          fingerprint: undefined,
          trustedRedirectHosts: trusted,
          absoluteRedirects,
          failureRedirectUrl: undefined,
          sendsPhpSessionId: false,
        };
        const context: RedirectContext = {
          redirects,
          origin: PANEL,
          sourceServer: new URL(publicUrl).hostname,
          trustedHosts: trusted,
          absoluteRedirects,
        };
        const name = `${plesk}, ${publicUrl}, ${trusted?.join(' ') ?? 'no list'}, ${absoluteRedirects}`;
        return { name, plesk, publicUrl, server, context };
      }),
    ),
  ),
);

function planOf(server: PleskServer, to: Target, publicUrl: string): RedirectPlan | undefined {
  try {
    return planRedirect(server, to, { publicUrl, reference: REFERENCE, panelPaths: [] });
  } catch (error) {
    if (error instanceof Problem && error.code === 'redirect_not_allowed_by_plesk') return undefined;
    throw error;
  }
}

const hrefOf = (to: Target): string =>
  to.kind === 'home' ? '' : new URL(to.kind === 'panel' ? to.path : to.url, PANEL).href;

/** Where the emulator sends a browser, in the form that browsers have it. */
const goes = (verdict: Verdict): string | undefined =>
  verdict.allowed ? new URL(verdict.location).href : undefined;

it.each(EMULATED.map(({ plesk }) => plesk))(
  'asks nothing that the emulator of %s refuses, and leaves out no way',
  (release) => {
    const ways = new Set<string>();
    for (const { name, publicUrl, server, context } of SITUATIONS.filter(({ plesk }) => plesk === release)) {
      for (const to of TARGETS) {
        const page = hrefOf(to);
        const door = `${publicUrl}/continue/${REFERENCE}`;
        const made = planOf(server, to, publicUrl);
        const success =
          made?.success === undefined ? undefined : goes(judgeRedirect(made.success, 'success', context));
        const isDirect = judgeRedirect(page, 'success', context).allowed;
        const isDoor = judgeRedirect(door, 'success', context).allowed;
        ways.add(isDirect ? 'direct' : isDoor ? 'door' : 'none');

        const [goesTo, then] = isDirect ? [page, undefined] : isDoor ? [door, page] : [undefined, undefined];
        expect([name, page, success, made?.target]).toEqual([name, page, goesTo, then]);
      }
    }
    expect(ways).toContain('direct');
  },
);

it.each(EMULATED.map(({ plesk }) => plesk))(
  'sends the emulator of %s each failure_redirect_url that it takes, and no other',
  (release) => {
    for (const { name, publicUrl, server, context } of SITUATIONS.filter(({ plesk }) => plesk === release)) {
      for (const url of [...URLS, '/login_up.php']) {
        const sent = failureRedirect({ ...server, failureRedirectUrl: url }, publicUrl);
        const location = sent === undefined ? undefined : goes(judgeRedirect(sent, 'failure', context));
        const expected = goes(judgeRedirect(new URL(url, PANEL).href, 'failure', context));

        expect([name, url, location]).toEqual([name, url, expected]);
      }
    }
  },
);
