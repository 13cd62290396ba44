import { expect, it } from 'vitest';
import type { EmulatorOptions } from '../../server/emulator.ts';
import type { ReleaseName } from '../../server/protocol/versions/releases.ts';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { idOf, start, UP_TO_12_0 } from '../support/emulator.ts';
import { alertIn, CARL, markIn, postForm, valueIn, WRONG } from '../support/login-form.ts';

const PANEL = '{panel}';
const BILLING = 'https://billing.example/back?x=1#y';

type Era = 'up to 12.0' | '12.5' | '17.x' | '18.0';

/** Which releases let a URL pass, in the table of the protocol's section 6.16. */
type Row = readonly [what: string, url: string, options: EmulatorOptions, passes: readonly Era[]];

const ALL = ['up to 12.0', '12.5', '17.x', '18.0'] as const;
const NONE: readonly Era[] = [];

const SUCCESS: readonly Row[] = [
  ['a path', '/smb/web/view?a=b&c=/d#e', {}, ['12.5', '17.x', '18.0']],
  ['a URL of the panel', `${PANEL}/smb/web/view`, {}, ALL],
  ['a URL of the panel where no host is trusted', `${PANEL}/smb/`, { trustedRedirectHosts: [] }, ALL],
  ['another host', BILLING, {}, ['12.5', '17.x', '18.0']],
  [
    'another host that is trusted',
    BILLING,
    { trustedRedirectHosts: ['billing.example'] },
    ['12.5', '17.x', '18.0'],
  ],
  ['another host that is not trusted', BILLING, { trustedRedirectHosts: ['example'] }, ['12.5', '17.x']],
  ['another host where none is trusted', BILLING, { trustedRedirectHosts: [] }, ['12.5', '17.x']],
  ['another host by initiating-host', BILLING, { absoluteRedirects: 'initiating-host' }, ['18.0']],
  ['the panel by initiating-host', `${PANEL}/smb/`, { absoluteRedirects: 'initiating-host' }, ALL],
  ['a host after two slashes', '//billing.example/', {}, NONE],
  ['a backslash', '/\\billing.example/', {}, NONE],
  ['a script', 'javascript:alert(1)', {}, NONE],
];

const FAILURE: readonly Row[] = [
  ['a path', '/smb/failed', {}, ['12.5', '17.x', '18.0']],
  ['a URL of the panel', `${PANEL}/smb/failed`, { trustedRedirectHosts: [] }, ALL],
  ['another host', BILLING, {}, ['12.5', '17.x', '18.0']],
  [
    'another host that is trusted',
    BILLING,
    { trustedRedirectHosts: ['*.example'] },
    ['12.5', '17.x', '18.0'],
  ],
  ['another host that is not trusted', BILLING, { trustedRedirectHosts: ['*.test'] }, ['12.5']],
  ['another host where none is trusted', BILLING, { trustedRedirectHosts: [] }, ['12.5']],
  [
    'another host by initiating-host',
    BILLING,
    { absoluteRedirects: 'initiating-host' },
    ['12.5', '17.x', '18.0'],
  ],
  ['a host after two slashes', '//billing.example/', {}, NONE],
  ['a script', 'javascript:alert(1)', {}, NONE],
];

const eraOf = (name: ReleaseName): Era => {
  if (UP_TO_12_0.includes(name)) return 'up to 12.0';
  return name === '12.5' || name === '18.0' ? name : '17.x';
};

const cases = (
  rows: readonly Row[],
): readonly {
  name: ReleaseName;
  what: string;
  url: string;
  options: EmulatorOptions;
  passes: boolean;
  does: string;
}[] =>
  RELEASE_NAMES.flatMap((name) =>
    rows.map(([what, url, options, eras]) => {
      const passes = eras.includes(eraOf(name));
      return { name, what, url, options, passes, does: passes ? 'leads to' : 'refuses' };
    }),
  );

it.each(cases(SUCCESS))(
  '$name $does, after a login, $what',
  async ({ name, url: template, options, passes }) => {
    const { plesk } = await start({ plesk: name, ...options });
    const url = template.replace(PANEL, plesk.url);

    const page = await postForm(plesk, { ...CARL, success_redirect_url: url });

    const isOld = UP_TO_12_0.includes(name);
    if (passes || !isOld) {
      const target = passes ? url : '/smb/';
      expect(page).toMatchObject({
        status: plesk.release.redirectStatus,
        location: target.startsWith('/') ? `${plesk.url}${target}` : target,
      });
      expect(page.reason?.includes('refused by redirect/')).toBe(!passes);
      expect((await plesk.sessions.list()).map(({ id }) => id)).toEqual([idOf(1)]);
    } else {
      // Not a login: the form, as it was, without a word of the password being wrong.
      expect([page.status, markIn(page, 'page'), alertIn(page)]).toEqual([200, 'login', undefined]);
      expect(valueIn(page, 'success_redirect_url')).toBe(url);
      expect(page.reason).toMatch(
        /^Failed login attempt with login 'carl' .*: success_redirect_url '.*' refused by redirect\//,
      );
      expect(await plesk.sessions.list()).toEqual([]);
    }
  },
);

it.each(cases(FAILURE))(
  '$name $does, after a wrong password, $what',
  async ({ name, url: template, options, passes }) => {
    const { plesk } = await start({ plesk: name, ...options });
    const url = template.replace(PANEL, plesk.url);

    const page = await postForm(plesk, { ...WRONG, failure_redirect_url: url });

    if (passes) {
      expect(page).toMatchObject({
        status: plesk.release.redirectStatus,
        location: url.startsWith('/') ? `${plesk.url}${url}` : url,
        cookies: [],
        body: '',
      });
      expect(page.reason).toMatch(/: this is not its password$/);
    } else {
      expect([page.status, page.location, markIn(page, 'page')]).toEqual([200, undefined, 'login']);
      expect(alertIn(page)).toBe('You have entered incorrect username or password.');
      expect(valueIn(page, 'failure_redirect_url')).toBe(url);
      expect(page.reason).toMatch(
        /: this is not its password; failure_redirect_url '.*' refused by redirect\//,
      );
    }
    expect(await plesk.sessions.list()).toEqual([]);
  },
);

it.each([
  ['an unknown login', { ...CARL, login_name: 'nobody' }],
  ['no login', { passwd: 'x' }],
  ['a suspended account', { login_name: 'sam', passwd: CARL.passwd }],
])('leads to failure_redirect_url with %s as well', async (_what, fields) => {
  const { plesk } = await start();

  const page = await postForm(plesk, { ...fields, failure_redirect_url: BILLING });

  expect([page.status, page.location]).toEqual([303, BILLING]);
});

it('leads on 12.0 to failure_redirect_url where success_redirect_url is refused', async () => {
  const { plesk } = await start({ plesk: '12.0' });
  const failure = `${plesk.url}/failed`;

  const page = await postForm(plesk, {
    ...CARL,
    success_redirect_url: BILLING,
    failure_redirect_url: failure,
  });

  expect([page.location, page.cookies]).toEqual([failure, []]);
});

it.each(RELEASE_NAMES)('goes home on %s with an empty success_redirect_url', async (name) => {
  const { plesk } = await start({ plesk: name });

  const page = await postForm(plesk, { ...CARL, success_redirect_url: '', failure_redirect_url: '' });

  expect(page.location).toBe(`${plesk.url}/smb/`);
});
