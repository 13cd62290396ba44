/** A pair such as the schemas call property and aspect. */
type Pair = Readonly<Record<'name' | 'value', string>>;

/** Text that a seed may set, and that is left out or known from elsewhere where it does not. */
const unset = (): string | undefined => undefined;

/**
 * What server/get tells of a machine that is not there, by the elements and in the order of the schema. What is not set
 * is left out, or known from elsewhere: the release, the accounts, the settings.
 */
export const STANDARD_FIGURES = {
  key: {
    property: [
      { name: 'plesk_key_id', value: 'PLSK.00000001.0000' },
      { name: 'lim_date', value: '20991231' },
      { name: 'lim_cl', value: '-1' },
      { name: 'lim_dom', value: '-1' },
      { name: 'lim_mn', value: '-1' },
      { name: 'lim_db', value: '-1' },
    ] as readonly Pair[],
    content: 'cGxlc2stZW11bGF0b3I=',
  },
  gen_info: {
    server_name: 'plesk.example.com',
    server_guid: '7b2f4a1e-58c3-4d90-9e61-0a4c7d35f2b8',
    'external-id': unset(),
    'vps-optimized-status': undefined as { readonly aspect: readonly Pair[] } | undefined,
    mode: 'standard' as 'standard' | 'poweruser',
  },
  components: {
    component: undefined as readonly { readonly name: string; readonly version: string }[] | undefined,
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
      plesk_version: unset(),
      plesk_os: 'CentOS',
      plesk_os_version: '7',
      plesk_build: unset(),
      os_release: '3.10.0-1160.el7.x86_64',
      veid: unset(),
    },
    other: { cpu: 'GenuineIntel, Intel(R) Xeon(R) CPU (2 core(s))', uptime: '86400', inside_vz: 'false' },
    load_avg: { l1: '0.05', l5: '0.03', l15: '0.01' },
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
      ] as readonly Readonly<Record<'name' | 'total' | 'used' | 'free', string>>[],
    },
  },
  admin: {} as Readonly<Record<string, string | undefined>>,
  interfaces: { interface: ['eth0'] as readonly string[] },
  services_state: {
    srv: [
      { id: 'web', title: 'Web Server (Apache)', state: 'running' },
      { id: 'smtp', title: 'SMTP Server (Postfix)', state: 'running' },
      { id: 'mail', title: 'IMAP/POP3 Server (Courier-IMAP)', state: 'running' },
      { id: 'dns', title: 'DNS Server (BIND)', state: 'running' },
      { id: 'mysql', title: 'MySQL', state: 'running' },
      { id: 'spamassassin', title: 'SpamAssassin', state: 'stopped' },
    ] as readonly {
      readonly id: string;
      readonly title: string;
      readonly state: string;
      readonly error?: string | undefined;
    }[],
  },
  prefs: {} as Readonly<Record<string, string | undefined>>,
  shells: {
    shell: [
      { name: '/bin/sh', path: '/bin/sh' },
      { name: '/bin/bash', path: '/bin/bash' },
      { name: '/bin/false', path: '/bin/false' },
    ] as readonly { readonly name: string; readonly path: string }[],
  },
  session_setup: { login_timeout: undefined as number | undefined },
  'site-isolation-config': {
    property: ['php', 'ssi', 'cgi', 'perl', 'python', 'fastcgi', 'ssl'].map((name) => ({
      name,
      value: 'any',
    })) as readonly Pair[],
  },
  updates: {
    available_update: '',
    available_update_type: '',
    security_updates: '',
    last_installed_update: '',
    install_updates_automatically: 'true',
    install_third_party_updates: 'false',
    install_system_package_updates_automatically: 'false',
  },
  'admin-domain-list': { domain: [] as readonly { readonly id: string; readonly name: string }[] },
  certificates: { certificate: [] as readonly { readonly name: string }[] },
};

/** The figures of a server, every one that has no other home as the text of its element. */
export type Figures = typeof STANDARD_FIGURES;

/** Figures of which only some are named. */
export type SomeFigures<T = Figures> = {
  readonly [K in keyof T]?:
    (T[K] extends string | number | readonly unknown[] | undefined ? T[K] : SomeFigures<T[K]>) | undefined;
};

/** The standard figures with those that a seed names; a list that it names takes the place of the whole list. */
export const figuresWith = (named: SomeFigures): Figures => overlaid(STANDARD_FIGURES, named) as Figures;

type Branch = Readonly<Record<string, unknown>>;

function overlaid(standard: Branch, named: Branch): Branch {
  const over = Object.entries(named).map(([name, value]): [string, unknown] => {
    const below = standard[name];
    return [name, isBranch(below) && isBranch(value) ? overlaid(below, value) : (value ?? below)];
  });
  return { ...standard, ...Object.fromEntries(over) };
}

const isBranch = (value: unknown): value is Branch =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
