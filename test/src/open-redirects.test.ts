import { expect, it, onTestFinished } from 'vitest';
import type { EmulatorOptions } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import { callApi, CLIENT_AREA, directoryOf, entryOf, startService } from '../support/service.ts';
import { followFrom } from '../support/redirect-chain.ts';
import type { Expected } from '../support/redirect-traps.ts';
import { TRAPS } from '../support/redirect-traps.ts';

const TIMEOUT = 60_000;
const PORTAL = 'https://portal.example.com';
const CREATE = 'Clients/CreateClientSsoToken';
const TRUSTED = ['portal.example.com', 'billing.example.com', '127.0.0.1'];

const RELEASES: readonly (readonly [string, EmulatorOptions])[] = [
  ['10.4', { plesk: '10.4' }],
  ['12.0', { plesk: '12.0' }],
  ['12.5', { plesk: '12.5' }],
  ['17.8', { plesk: '17.8' }],
  ['18.0 without trusted hosts', { plesk: '18.0' }],
  ['18.0 with trusted hosts', { plesk: '18.0', trustedRedirectHosts: TRUSTED }],
];

/** Has links made and opened, and tells where each led. */
async function startLeading(options: EmulatorOptions): Promise<{
  readonly panel: string;
  readonly lead: (body: object) => Promise<string>;
}> {
  const plesk = await startEmulator({ seed: 'demo', https: true, ...options });
  onTestFinished(() => plesk.close());
  const { trustedRedirectHosts } = options;
  const entry = entryOf(plesk, trustedRedirectHosts === undefined ? {} : { trustedRedirectHosts });
  const { url } = await startService(directoryOf({ 'plesk-1': entry }), {
    ...{ issueLimit: 10_000, openLimit: 10_000 },
    allowedOrigins: [PORTAL, plesk.httpsUrl],
  });
  const allowed = [url, plesk.httpsUrl, CLIENT_AREA, PORTAL];
  const lead = async (body: object): Promise<string> => {
    const { status, body: answer } = await callApi(url, CREATE, { user_id: 18, ...body });
    if (status !== 200) return `${status} ${String(answer['code'])}`;
    const { origins, end, locations } = await followFrom(String(answer.data?.['url']), plesk.ca);
    const strays = origins.filter((origin) => !allowed.includes(origin));
    if (strays.length > 0) return `leaves for ${strays.join(' ')} by ${locations.join(' ')}`;
    // As it stands in a header every client reads it alike.
    const odd = locations.filter(
      (location) => !/^(?:https?:\/\/[\w.:-]+)?\/(?!\/)[!-[\]-~]*$/.test(location),
    );
    return odd.length > 0 ? `is sent to ${odd.join(' ')}` : new URL(end).origin;
  };
  return { panel: plesk.httpsUrl, lead };
}

const NOT_ALLOWED = '422 destination_url_not_allowed';

/** What may become of a destination whose reading is known. */
function fates(expected: Expected, panel: string): readonly string[] {
  if (expected === 'refused') return [NOT_ALLOWED, '422 destination_unknown'];
  if (expected === 'panel') return [panel, NOT_ALLOWED];
  return expected.host === 'portal.example.com' ? [PORTAL] : [NOT_ALLOWED];
}

it.each(RELEASES)(
  'leads no destination of the traps astray on %s',
  { timeout: TIMEOUT },
  async (_release, options) => {
    const { panel, lead } = await startLeading(options);
    const wrong: string[] = [];
    const ends = new Set<string>();

    for (const [what, destination, expected] of TRAPS) {
      const fate = await lead({ destination });
      ends.add(fate);
      if (!fates(expected, panel).includes(fate)) wrong.push(`${what}: ${fate}`);
    }

    expect(wrong).toEqual([]);
    // Or nothing but refusals would have been seen.
    expect([...ends]).toEqual(expect.arrayContaining([panel, PORTAL]));
  },
);

const EVIL = 'success_redirect_url=https://evil.example/&failure_redirect_url=https://evil.example/';

/** What leads past the allow list where Plesk itself is the one that leads on. */
const DOORS: readonly string[] = [
  `/enterprise/rsession_init.php?${EVIL}`,
  `/enterprise/rsession_init.php?PLESKSESSID=${'0'.repeat(32)}&${EVIL}`,
  `/enterprise/rsession_init.php/x?${EVIL}`,
  `/enterprise//rsession_init.php?${EVIL}`,
  `/smb/../enterprise/rsession_init.php?${EVIL}`,
  `/smb/%2e%2e/enterprise/rsession_init.php?${EVIL}`,
  `/smb/%2e%2e%2fenterprise/rsession_init.php?${EVIL}`,
  `/smb/.%2e%5centerprise/rsession_init.php?${EVIL}`,
  `/%65nterprise/rsession%5Finit.php?${EVIL}`,
  `/enterprise%2frsession_init.php?${EVIL}`,
  `/enterprise%5crsession_init.php?${EVIL}`,
  `/Enterprise/RSession_Init.php?${EVIL}`,
  `/login_up.php?login_name=x&passwd=y&${EVIL}`,
  `/login_up.php3?${EVIL}`,
  `/login.php?${EVIL}`,
  `/login?secret=x&${EVIL}`,
  `/logout.php?${EVIL}`,
  '/logout',
  `/enterprise./rsession_init.php?${EVIL}`,
  `/enterprise::$INDEX_ALLOCATION/rsession_init.php?${EVIL}`,
  `/login_up.php.?${EVIL}`,
  `/login_up.php::$DATA?${EVIL}`,
  `/smb/..%20/enterprise/rsession_init.php?${EVIL}`,
  `/smb/.../enterprise/rsession_init.php?${EVIL}`,
  `/smb/..;/enterprise/rsession_init.php?${EVIL}`,
  `/smb/%252e%252e/enterprise/rsession_init.php?${EVIL}`,
  `/smb/%c0%ae%c0%ae/enterprise/rsession_init.php?${EVIL}`,
  `/smb/\uff0e\uff0e\uff0fenterprise/rsession_init.php?${EVIL}`,
  `/?${EVIL}`,
  `/index.php?${EVIL}`,
  '/smbx/web/view',
];

it.each(RELEASES)(
  'leads to no door of a panel of %s, which would lead on to any host',
  async (_release, options) => {
    const { panel, lead } = await startLeading(options);
    const outcomes = await eachOf([...DOORS, ...DOORS.map((path) => panel + path)], (destination) =>
      lead({ destination }),
    );
    expect(outcomes).toEqual(Object.fromEntries(Object.keys(outcomes).map((one) => [one, NOT_ALLOWED])));
    expect(await lead({ destination: '/smb/login-history' })).toBe(panel);
  },
);

/** Names of destinations and values that are to become another host, or another path than the one of the name. */
const VALUES: readonly unknown[] = [
  ...['..', '.', '../', '..%2f', '%2e%2e', '%2e', '...', '-', '_'],
  ...[
    '/evil.example',
    '//evil.example',
    '\\\\evil.example',
    '/\\evil.example',
    '%2f%2fevil.example',
    '%5cevil',
  ],
  ...['@evil.example', ':80@evil.example', 'a@evil', 'a:b', 'https://evil.example', 'javascript:alert(1)'],
  ...[
    'a/b',
    'a\\b',
    'a?b',
    'a#b',
    'a;b',
    'a b',
    ' a',
    'a ',
    'a\tb',
    'a\r\nLocation: x',
    'a\0',
    'a%00',
    '\u2215evil',
  ],
  ...['\uff0fevil', 'gro\u00df', 'x'.repeat(191), '', 1, 1.5, true, null, {}, [], ['a'], { toString: 'a' }],
];

it(
  'fills no value of a destination that would change more than its own place',
  { timeout: TIMEOUT },
  async () => {
    const { lead } = await startLeading({});
    const names = ['normal_detail', 'products', 'softwares_cat', 'kbase_detail'];
    const bodies = names.flatMap((destination) =>
      VALUES.map((value) => ({ destination, destination_values: [value] })),
    );

    const outcomes = await eachOf(bodies, lead);

    expect(new Set(Object.values(outcomes))).toEqual(new Set(['422 destination_values_invalid']));
    expect(await lead({ destination: 'normal_detail', destination_values: ['a'] })).toBe(CLIENT_AREA);
  },
);

it.each([
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'HOME',
    'home ',
    ' home',
    'home\0',
  ],
  ...[
    'home/../..',
    'home?x',
    'evil.example',
    'www.evil.example/x',
    '.',
    '..',
    '*',
    '{0}',
    '%2f%2fevil.example',
  ],
])('knows no destination %j', async (destination) => {
  const { lead } = await startLeading({});
  expect(await lead({ destination })).toMatch(/^422 destination_(?:unknown|url_not_allowed)$/);
});

/** What came of each, by its text. */
async function eachOf<T>(
  all: readonly T[],
  outcomeOf: (one: T) => Promise<string>,
): Promise<Readonly<Record<string, string>>> {
  const outcomes: Record<string, string> = {};
  for (const one of all) outcomes[JSON.stringify(one)] = await outcomeOf(one);
  return outcomes;
}
