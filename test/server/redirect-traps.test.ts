import { expect, it } from 'vitest';
import type { RedirectContext, Verdict } from '../../server/panel/redirects.ts';
import { judgeRedirect } from '../../server/panel/redirects.ts';
import { RELEASES } from '../../server/protocol/versions/releases.ts';
import { UP_TO_12_0 } from '../support/emulator.ts';
import { TRAPS } from '../support/redirect-traps.ts';

const PANEL = 'https://panel.example:8443';
const TRUSTED = ['portal.example.com', '*.example.net', '192.0.2.1', '2001:db8::7'];
const TRUSTED_HOSTS = [
  'portal.example.com',
  'portal.example.com:8443',
  'a.b.example.net',
  '192.0.2.1',
  '[2001:db8::7]',
];
const LISTS = [undefined, [], TRUSTED] as const;
const KINDS = ['success', 'failure'] as const;

/** Every situation that a parameter can be judged in: releases, parameters and lists; source_server is empty. */
const SITUATIONS = RELEASES.flatMap(({ plesk, redirects }) =>
  KINDS.flatMap((kind) =>
    LISTS.map((trustedHosts) => {
      const list = trustedHosts === undefined ? 'absent' : trustedHosts.join() || 'empty';
      const context: RedirectContext = {
        redirects,
        origin: PANEL,
        sourceServer: '',
        trustedHosts,
        absoluteRedirects: 'any',
      };
      return { name: `${plesk}, ${kind}, trustedRedirectHosts ${list}`, plesk, kind, context };
    }),
  ),
);

/** The host that a browser goes to, which follows a Location from the door. */
const hostOf = (location: string): string =>
  new URL(location, `${PANEL}/enterprise/rsession_init.php?PLESKSESSID=1`).host;

const judged = (url: string, judge: (verdict: Verdict) => unknown): Record<string, unknown> =>
  Object.fromEntries(
    SITUATIONS.map(({ name, kind, context }) => [name, judge(judgeRedirect(url, kind, context))]),
  );

const everywhere = (expected: unknown): Record<string, unknown> =>
  Object.fromEntries(SITUATIONS.map(({ name }) => [name, expected]));

it('has more than fifty traps, each with a name and a text of its own', () => {
  expect(new Set(TRAPS.map(([what]) => what)).size).toBe(TRAPS.length);
  expect(new Set(TRAPS.map(([, url]) => url)).size).toBe(TRAPS.length);
  expect(TRAPS.length).toBeGreaterThan(50);
});

it.each(TRAPS.filter(([, , expected]) => expected === 'refused'))(
  'refuses %s for its form, on every release and whoever is trusted',
  (_what, url) => {
    const ruleOf = (verdict: Verdict): unknown => verdict.allowed || verdict.rule.id;
    expect(judged(url, ruleOf)).toEqual(everywhere('redirect/form'));
  },
);

it.each(TRAPS.filter(([, , expected]) => expected === 'panel'))(
  'keeps a path with %s on the panel from 12.5 on, and refuses it before',
  (_what, url) => {
    for (const { name, plesk, kind, context } of SITUATIONS) {
      const verdict = judgeRedirect(url, kind, context);
      const isOld = UP_TO_12_0.includes(plesk);
      expect(verdict.allowed ? hostOf(verdict.location) : verdict.rule.id, name).toBe(
        isOld ? 'redirect/absolute' : 'panel.example:8443',
      );
      if (verdict.allowed) expect(new URL(verdict.location).origin, name).toBe(PANEL);
    }
  },
);

it.each(
  TRAPS.flatMap(([what, url, expected]) =>
    typeof expected === 'object' ? [{ what, url, ...expected }] : [],
  ),
)('sends a browser for a URL with $what to the host that was judged, or nowhere', ({ url, host }) => {
  for (const { name, plesk, kind, context } of SITUATIONS) {
    const verdict = judgeRedirect(url, kind, context);
    const isLimited = kind === 'success' ? plesk === '18.0' : /^1[78]/.test(plesk);
    const { trustedHosts } = context;
    const isTrusted = trustedHosts === undefined || (trustedHosts.length > 0 && TRUSTED_HOSTS.includes(host));
    const isOld = UP_TO_12_0.includes(plesk);
    const refusal = isOld
      ? 'redirect/initiating-host'
      : isLimited && !isTrusted
        ? 'redirect/trusted-hosts'
        : undefined;
    expect(verdict.allowed ? hostOf(verdict.location) : verdict.rule.id, name).toBe(refusal ?? host);
  }
});

it.each(TRAPS)('puts nothing but visible ASCII into the Location of %s', (_what, url) => {
  for (const { name, kind, context } of SITUATIONS) {
    const verdict = judgeRedirect(url, kind, context);
    if (verdict.allowed) expect(verdict.location, name).toMatch(/^[!-~]+$/);
  }
});

it.each([
  ['a path', '/smb/gr\u00f6\u00dfe/a%20b%2Fc?q=%C3%A4', `${PANEL}/smb/gr%C3%B6%C3%9Fe/a%20b%2Fc?q=%C3%A4`],
  [
    'a URL',
    'https://portal.example.com/gr\u00f6\u00dfe/a%20b',
    'https://portal.example.com/gr%C3%B6%C3%9Fe/a%20b',
  ],
])('encodes what is no ASCII in %s, and what is encoded already not again', (_what, url, location) => {
  const context = SITUATIONS.at(-1)?.context;
  if (context === undefined) throw new Error('there are situations');

  expect(judgeRedirect(url, 'success', context)).toEqual({ allowed: true, location });
});

it.each(['/smb/[a]|{b}^`', '/smb/<b>"', 'https://portal.example.com/A%2fb?c=[d]'])(
  'sends %s as it was given, being visible ASCII',
  (url) => {
    const context = SITUATIONS.at(-1)?.context;
    if (context === undefined) throw new Error('there are situations');
    const location = url.startsWith('/') ? `${PANEL}${url}` : url;

    expect(judgeRedirect(url, 'success', context)).toEqual({ allowed: true, location });
  },
);

// URL.canParse of Node 20 forgets names such as this one once it has been optimised.
it('judges a host beyond ASCII for the thousandth time as for the first', () => {
  const context = SITUATIONS[0]?.context;
  if (context === undefined) throw new Error('there are situations');
  const url = 'https://b\u00fccher.example/';
  const verdicts = new Set<string>();

  for (let time = 0; time < 20_000; time += 1) {
    const verdict = judgeRedirect(url, 'failure', { ...context, sourceServer: 'xn--bcher-kva.example' });
    verdicts.add(verdict.allowed ? verdict.location : verdict.why);
  }

  expect([...verdicts]).toEqual(['https://xn--bcher-kva.example/']);
});
