import type { Release } from '../protocol/versions/release.ts';

type Text<N extends string> = Readonly<Record<N, string>>;
type List<T> = readonly T[];

/** A pair such as the schemas call property and aspect. */
type Pair = Text<'name' | 'value'>;

/** What server/get tells on a server of a release, by the elements and in the order of the schema. */
export type Figures = ReturnType<typeof readFigures>;

/** Figures of which only some are named. */
export type SomeFigures<T = Figures> = {
  readonly [K in keyof T]?:
    (T[K] extends string | number | readonly unknown[] | undefined ? T[K] : SomeFigures<T[K]>) | undefined;
};

/** The figures of a server of a release with those that its seed names; a list that it names replaces the whole list. */
export function figuresOf(release: Release, named: SomeFigures = {}): Figures {
  const fresh = READ.get(release) ?? readFigures(release);
  READ.set(release, fresh);
  return merged(fresh, named) as Figures;
}

const READ = new WeakMap<Release, Figures>();

function readFigures({ plesk, pleskVersion, serverInfo }: Release) {
  const build = buildOf(pleskVersion);
  const filled = (table: string): string =>
    table.replaceAll('{plesk}', plesk).replaceAll('{version}', pleskVersion).replaceAll('{build}', build);
  const { os } = serverInfo;
  const areAutomatic = String(serverInfo.automaticUpdates);
  return {
    key: { property: pairs(filled(serverInfo.key)), content: 'cGxlc2stZW11bGF0b3I=' },
    gen_info: {
      server_name: 'plesk.example.com',
      server_guid: '7b2f4a1e-58c3-4d90-9e61-0a4c7d35f2b8',
      'external-id': unset(),
      'vps-optimized-status': { aspect: pairs(ASPECTS) },
      mode: 'standard' as 'standard' | 'poweruser',
    },
    components: {
      component: pairs(filled(serverInfo.components)).map(({ name, value }) => ({
        name,
        version: value,
      })) as List<Text<'name' | 'version'>>,
    },
    stat: {
      objects: {
        clients: unset(),
        domains: '0',
        active_domains: '0',
        mail_boxes: '0',
        mail_redirects: '0',
        mail_groups: '0',
        mail_responders: '0',
        web_users: '0',
        databases: '0',
        database_users: '0',
        problem_clients: '0',
        problem_domains: '0',
      },
      version: {
        plesk_name: 'psa',
        plesk_version: pleskVersion,
        plesk_os: os.name,
        plesk_os_version: os.version,
        plesk_build: build,
        os_release: os.kernel,
        veid: unset(),
      },
      other: { cpu: 'GenuineIntel, Intel(R) Xeon(R) CPU (2 core(s))', uptime: '86400', inside_vz: 'false' },
      // In hundredths, as recorded.
      load_avg: { l1: '5', l5: '3', l15: '1' },
      mem: {
        total: '4294967296',
        used: '2147483648',
        free: '1073741824',
        shared: '0',
        buffer: '268435456',
        cached: '805306368',
      },
      swap: { total: '2147483648', used: '0', free: '2147483648' },
      diskspace: {
        device: [
          { name: '/dev/sda1', total: '42949672960', used: '10737418240', free: '32212254720' },
        ] as List<Text<'name' | 'total' | 'used' | 'free'>>,
      },
    },
    admin: {} as Readonly<Record<string, string | undefined>>,
    interfaces: { interface: ['eth0'] as List<string> },
    services_state: {
      srv: lines(serverInfo.services).map(([id, state = '', ...title]) => ({
        id,
        title: title.join(' '),
        state,
      })) as List<Text<'id' | 'title' | 'state'> & { readonly error?: string | undefined }>,
    },
    prefs: Object.fromEntries(pairs(serverInfo.prefs).map(({ name, value }) => [name, value])) as Readonly<
      Record<string, string | undefined>
    >,
    shells: {
      shell: lines(serverInfo.shells).map(([path, ...name]) => ({ name: name.join(' '), path })) as List<
        Text<'name' | 'path'>
      >,
    },
    session_setup: { login_timeout: undefined as number | undefined },
    'site-isolation-config': {
      property: pairs(serverInfo.isolation).map(({ name, value }) => ({
        name,
        value: value.includes(',') ? value.split(',') : value,
      })) as List<{ readonly name: string; readonly value: string | List<string> }>,
    },
    updates: {
      available_update: '',
      available_update_type: '',
      security_updates: '',
      last_installed_update: '1',
      install_updates_automatically: areAutomatic,
      install_third_party_updates: areAutomatic,
      install_system_package_updates_automatically: 'false',
    },
    'admin-domain-list': { domain: [] as List<Text<'id' | 'name'>> },
    certificates: { certificate: [] as List<Text<'name'>> },
  };
}

/** Text that a seed may set, and that is left out or known from elsewhere without it. */
const unset = (): string | undefined => undefined;

const ASPECTS =
  'mysql-innodb=false apache-modules-all=false apache-modules-except-php=false apache-modules-except-scripting=false';

/** The pairs of a table of words `name=value`. */
const pairs = (table: string): List<Pair> =>
  table
    .trim()
    .split(/\s+/)
    .map((word) => {
      const [name = '', value = ''] = word.split('=');
      return { name, value };
    });

/** The words of each line of a table. */
const lines = (table: string): List<readonly [string, ...string[]]> =>
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [first = '', ...others] = line.trim().split(' ');
      return [first, ...others];
    });

/** 18.0.33 gives 1800330000.00: as long as Plesk's own. */
const buildOf = (pleskVersion: string): string =>
  `${pleskVersion
    .split('.')
    .map((number) => number.padStart(2, '0'))
    .join('')}0000.00`;

type Branch = Readonly<Record<string, unknown>>;

function merged(defaults: Branch, named: Branch): Branch {
  const over = Object.entries(named).map(([name, value]): [string, unknown] => {
    const below = defaults[name];
    return [name, isBranch(below) && isBranch(value) ? merged(below, value) : (value ?? below)];
  });
  return { ...defaults, ...Object.fromEntries(over) };
}

const isBranch = (value: unknown): value is Branch =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
