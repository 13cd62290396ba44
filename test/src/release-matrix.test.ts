import { onTestFinished, expect, it } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import type { ReleaseName } from '../../server/protocol/versions/releases.ts';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { RELEASE_NAMES as KNOWN_NAMES } from '../../src/plesk/releases.ts';
import type { Hosts } from '../support/hosts.ts';
import { echoUrl, makeHosts } from '../support/hosts.ts';
import { markIn } from '../support/login-form.ts';
import type { StartedService } from '../support/service.ts';
import { directoryOf, entryOf, startService } from '../support/service.ts';

const OURS = 'https://sso.host.example';
const CLIENT_AREA = 'https://billing.shop.example';
const FOREIGN = 'https://docs.other.example';
/** A client area that has our host, and a port of its own. */
const OUR_CLIENT_AREA = 'https://sso.host.example:444';

/** trustedRedirectHosts of a server. */
const TRUSTED = {
  absent: undefined,
  empty: [],
  ours: ['sso.host.example'],
  'of the client area': ['billing.shop.example'],
  'all below its domain': ['*.shop.example'],
  'all below itself': ['*.billing.shop.example'],
  'ours and of the client area': ['billing.shop.example', 'SSO.host.example'],
} as const satisfies Readonly<Record<string, readonly string[] | undefined>>;
type Trusted = keyof typeof TRUSTED;

/** Where links lead: what the API is asked, and where the browser has to end; `panel` is the panel's origin. */
interface Kind {
  readonly what: string;
  readonly clientArea: string;
  readonly ask: (panel: string) => object;
  readonly end: (panel: string) => string;
}

const KINDS: readonly Kind[] = [
  { what: 'home', clientArea: CLIENT_AREA, ask: () => ({}), end: (panel) => `${panel}/smb/` },
  {
    what: 'a path of the panel',
    clientArea: CLIENT_AREA,
    ask: () => ({ destination: '/smb/web/view?id=1&x=%2F' }),
    end: (panel) => `${panel}/smb/web/view?id=1&x=%2F`,
  },
  {
    what: 'a URL of the panel',
    clientArea: CLIENT_AREA,
    ask: (panel) => ({ destination: `${panel}/smb/email-address/list?q=a` }),
    end: (panel) => `${panel}/smb/email-address/list?q=a`,
  },
  {
    what: 'a page of the client area',
    clientArea: CLIENT_AREA,
    ask: () => ({ destination: 'ac-ps-detail-invoice', destination_values: [7] }),
    end: () => `${CLIENT_AREA}/clients/invoices/detail/7`,
  },
  {
    what: 'another host',
    clientArea: CLIENT_AREA,
    ask: () => ({ destination: `${FOREIGN}/how?to=log%20in` }),
    end: () => `${FOREIGN}/how?to=log%20in`,
  },
  {
    what: 'a client area on our own host',
    clientArea: OUR_CLIENT_AREA,
    ask: () => ({ destination: 'ac-ps-products' }),
    end: () => `${OUR_CLIENT_AREA}/clients/services`,
  },
];

/**
 * plesk-protocol.md, 6.16, as the one who sends the browser sees it. One character for each of KINDS: `=` where the target
 * itself may follow the login, `>` where it may not and our own host may, `-` where neither may.
 */
const EVERYWHERE = '======';
const UP_TO_12_0 = whatever('=>>>>=');
const UP_TO_17_8 = whatever(EVERYWHERE);
const TABLE: Readonly<Record<ReleaseName, Readonly<Record<Trusted, string>>>> = {
  '10.4': UP_TO_12_0,
  '11.0': UP_TO_12_0,
  '11.5': UP_TO_12_0,
  '12.0': UP_TO_12_0,
  '12.5': UP_TO_17_8,
  '17.0': UP_TO_17_8,
  '17.5': UP_TO_17_8,
  '17.8': UP_TO_17_8,
  '18.0': {
    absent: EVERYWHERE,
    empty: '===---',
    ours: '===>>=',
    'of the client area': '====--',
    'all below its domain': '====--',
    'all below itself': '===---',
    'ours and of the client area': '====>=',
  },
};

/** The same for servers whose absoluteRedirects is `initiating-host`, where no hosts are listed. */
const STRICT: Readonly<Record<ReleaseName, string>> = {
  '10.4': '=>>>>=',
  '11.0': '=>>>>=',
  '11.5': '=>>>>=',
  '12.0': '=>>>>=',
  '12.5': '===>>=',
  '17.0': '===>>=',
  '17.5': '===>>=',
  '17.8': '===>>=',
  '18.0': '======',
};

/** Where trustedRedirectHosts does not count. */
function whatever(row: string): Readonly<Record<Trusted, string>> {
  return {
    absent: row,
    empty: row,
    ours: row,
    'of the client area': row,
    'all below its domain': row,
    'all below itself': row,
    'ours and of the client area': row,
  };
}

it('knows the releases that the emulator has, and no others', () => {
  expect(KNOWN_NAMES).toEqual(RELEASE_NAMES);
  expect(Object.keys(TABLE)).toEqual([...RELEASE_NAMES].sort());
});

it.each(RELEASE_NAMES)(
  'leads a browser on %s to each kind of target that it lets us reach, and refuses the others at issue',
  { timeout: 120_000 },
  async (release) => {
    const world = await openWorld(
      Object.values(TRUSTED).map((trustedRedirectHosts) => ({ plesk: release, trustedRedirectHosts })),
    );

    for (const [index, trusted] of (Object.keys(TRUSTED) as Trusted[]).entries()) {
      const found = await walkAll(index, world);

      const hosts = TRUSTED[trusted]?.map((host) => host.toLowerCase());
      expect([trusted, found]).toEqual([trusted, wanted(TABLE[release][trusted], release, hosts)]);
    }
  },
);

it.each(RELEASE_NAMES)(
  'does so on %s where absolute URLs may lead to the initiating host only',
  { timeout: 120_000 },
  async (release) => {
    const world = await openWorld([{ plesk: release, absoluteRedirects: 'initiating-host' }]);

    expect(await walkAll(0, world)).toEqual(wanted(STRICT[release], release, undefined));
  },
);

/** What is told of a way: where it went, or why there is none. */
type Told = readonly [what: string, told: unknown];

/** What has to be told by a row of the table. */
const wanted = (row: string, release: string, hosts: readonly string[] | undefined): readonly Told[] =>
  KINDS.map(({ what }, kind) => [
    what,
    row[kind] === '-'
      ? {
          status: 422,
          code: 'redirect_not_allowed_by_plesk',
          plesk_release: release,
          trusted_redirect_hosts: hosts,
        }
      : { ends: 'there', user: 'carl', byOurDoor: row[kind] === '>' },
  ]);

interface World {
  readonly hosts: Hosts;
  readonly panels: readonly Emulator[];
  /** By their client areas. */
  readonly services: ReadonlyMap<string, StartedService>;
}

/** Panels, user 1 on the first of them and so on, and services with both client areas. */
async function openWorld(
  options: readonly {
    readonly plesk: ReleaseName;
    readonly trustedRedirectHosts?: readonly string[] | undefined;
    readonly absoluteRedirects?: 'initiating-host';
  }[],
): Promise<World> {
  const hosts = makeHosts('sso.host.example', 'billing.shop.example', 'docs.other.example');
  for (const origin of [CLIENT_AREA, FOREIGN, OUR_CLIENT_AREA]) await hosts.serve(origin, echoUrl);
  const panels: Emulator[] = [];
  const servers: Record<string, object> = {};
  const users: Record<string, object> = {};
  for (const [index, { plesk: release, ...rules }] of options.entries()) {
    const plesk = await startEmulator({ seed: 'demo', https: true, plesk: release, ...rules });
    onTestFinished(() => plesk.close());
    panels.push(plesk);
    servers[`plesk-${index + 1}`] = entryOf(plesk, rules);
    users[index + 1] = {
      active: true,
      accounts: [{ service_id: index + 1, server: `plesk-${index + 1}`, login: 'carl', role: 'customer' }],
    };
  }
  const directory = directoryOf(servers, { users });
  const services = new Map<string, StartedService>();
  for (const [clientArea, port] of [
    [CLIENT_AREA, ''],
    [OUR_CLIENT_AREA, ':8443'],
  ] as const) {
    const started = await startService(directory, {
      publicUrl: `${OURS}${port}`,
      clientAreaUrl: `${clientArea}/clients`,
      allowedOrigins: [FOREIGN, ...panels.map(({ httpsUrl }) => httpsUrl)],
      issueLimit: 100_000,
      openLimit: 100_000,
    });
    await hosts.serve(`${OURS}${port}`, started.service.app);
    services.set(clientArea, started);
  }
  return { hosts, panels, services };
}

async function walkAll(index: number, world: World): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const kind of KINDS) told.push([kind.what, await walk(kind, index, world)]);
  return told;
}

/** Has a link made, and opens it with a browser of its own. */
async function walk({ ask, clientArea, end }: Kind, index: number, world: World): Promise<unknown> {
  const { hosts, panels, services } = world;
  const [plesk, service] = [panels[index], services.get(clientArea)];
  if (plesk?.ca === undefined || service === undefined) throw new Error('the world is smaller than that');
  const panel = plesk.httpsUrl;
  const { status, body } = await service.call('Clients/CreateClientSsoToken', {
    user_id: index + 1,
    ...ask(panel),
  });
  if (status !== 200) {
    const { code, plesk_release, trusted_redirect_hosts } = body;
    return { status, code, plesk_release, trusted_redirect_hosts };
  }
  const visitor = hosts.visitor({ ca: [plesk.ca] });

  const { url, page } = await visitor.open(String(body.data?.['url']));

  expect(page.status).toBe(200);
  expect(visitor.urls[1]).toMatch(`${panel}/enterprise/rsession_init.php?`);
  const isThere =
    url === end(panel) && (url.startsWith(panel) || page.body.includes(`<p>${url.slice(8)}</p>`));
  const own = await visitor.ask(`${panel}/smb/`);
  const doors = visitor.urls.filter((visited) => /\/continue\/[\da-f]{32}$/.test(visited));
  return { ends: isThere ? 'there' : url, user: markIn(own, 'user'), byOurDoor: doors.length === 1 };
}
