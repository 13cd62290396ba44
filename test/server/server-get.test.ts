import { expect, it } from 'vitest';
import type { SeedInput } from '../../server/emulator.ts';
import { SeedError, startEmulator } from '../../server/emulator.ts';
import { RELEASE_NAMES, releaseOf } from '../../server/protocol/versions/releases.ts';
import { ask, dataset, textsOf } from '../support/agent.ts';
import { DEMO, start } from '../support/emulator.ts';
import { credentials, inServer, resultsIn } from '../support/wire.ts';

const DATASETS =
  'key gen_info components stat admin interfaces services_state prefs shells session_setup site-isolation-config updates'.split(
    ' ',
  );
const LATER = ['admin-domain-list', 'certificates'];

/** The names of the datasets in an answer, in their order. */
const namesIn = (body: string, names: readonly string[]): readonly string[] =>
  names
    .filter((name) => body.includes(`<${name}>`))
    .sort((one, other) => body.indexOf(`<${one}>`) - body.indexOf(`<${other}>`));

it.each(RELEASE_NAMES)('answers all that is asked, in the order of the request: %s', async (release) => {
  const { plesk } = await start({ plesk: release });
  const names = ['17.5', '17.8', '18.0'].includes(release) ? [...DATASETS, ...LATER] : DATASETS;

  const all = await ask(plesk, inServer(`<get>${names.map((name) => `<${name}/>`).join('')}</get>`));
  const others = await ask(plesk, inServer('<get><stat/><shells/><updates/></get>'));

  expect(resultsIn(all.body)).toEqual(['ok']);
  expect(namesIn(all.body, names)).toEqual(names);
  expect(namesIn(others.body, names)).toEqual(['stat', 'shells', 'updates']);
});

it.each([
  ['out of their order', '<stat/><gen_info/>', "Element 'gen_info': This element is not expected."],
  ['twice', '<stat/><stat/>', "Element 'stat': This element is not expected."],
  ['that no schema has', '<statistics/>', "Element 'statistics': This element is not expected."],
])('refuses datasets %s', async (_what, names, sentence) => {
  const { plesk } = await start();

  expect((await ask(plesk, inServer(`<get>${names}</get>`))).fault).toContain(sentence);
});

it.each([DEMO.rita, DEMO.carl])('is nothing for $login', async (caller) => {
  const { plesk } = await start();

  const { body } = await ask(plesk, inServer('<get><stat/></get>'), credentials(caller));

  expect(resultsIn(body)).toEqual(['1006 Permission denied.']);
});

it('counts the customers of all owners, and neither resellers nor administrators', async () => {
  const account = { password: '12345', role: 'customer' } as const;
  const { plesk } = await start({
    seed: {
      accounts: [
        { ...account, login: 'c1' },
        { ...account, login: 'boss', role: 'admin' },
        { ...account, login: 'r1', role: 'reseller' },
        { ...account, login: 'c2', status: 'suspended' },
        { ...account, login: 'c3', owner: 'r1' },
      ],
    },
  });

  expect(textsOf(await dataset(plesk, 'stat'), 'clients')).toEqual(['3']);
});

it.each(RELEASE_NAMES)('tells the version that %s is', async (release) => {
  const { plesk } = await start({ plesk: release });
  const { pleskVersion, title } = releaseOf(release);

  expect(textsOf(await dataset(plesk, 'stat'), 'plesk_version')).toEqual([pleskVersion]);
  expect(await dataset(plesk, 'components')).toContain(`<name>psa</name><version>${pleskVersion}-`);
  expect(title.endsWith(` ${pleskVersion}`)).toBe(true);
});

it.each([
  ['12.0', []],
  ['12.5', []],
  ['17.0', ['admin_locale', 'admin_multiple_sessions', 'install_system_package_updates_automatically']],
  ['18.0', ['admin_locale', 'admin_multiple_sessions', 'install_system_package_updates_automatically']],
] as const)('has the later elements of admin and updates on %s, or has them not', async (release, later) => {
  const { plesk } = await start({ plesk: release });

  const body = (await dataset(plesk, 'admin')) + (await dataset(plesk, 'updates'));

  expect(
    [...body.matchAll(/<(admin_locale|\w+_sessions|\w+_package_\w+)>/g)].map(([, name]) => name),
  ).toEqual(later);
});

it.each([
  ['key', 'plesk_key_id', 'PLSK.00000001.0000'],
  ['key', 'lim_date', '2099-12-31'],
  ['key', 'lim_cl', '-1'],
  ['key', 'can-manage-customers', '1'],
  ['key', 'can-manage-resellers', '1'],
])('has in the dataset %s what the official client reads: %s', async (name, property, value) => {
  const { plesk } = await start({ plesk: '18.0' });

  expect(await dataset(plesk, name)).toContain(
    `<property><name>${property}</name><value>${value}</value></property>`,
  );
});

it('shows the preferences of a fresh server of the release, also after a change of the release', async () => {
  const { plesk } = await start({ plesk: '12.0' });
  const names = async (): Promise<readonly (string | undefined)[]> =>
    [...(await dataset(plesk, 'prefs')).matchAll(/<([\w-]+)>/g)].map(([, name]) => name);

  expect(await names()).toContain('max_connections');
  expect(textsOf(await dataset(plesk, 'prefs'), 'restart_apache_interval')).toEqual(['0']);

  await plesk.settings.set({ plesk: '18.0' });

  expect(await names()).not.toContain('max_connections');
  expect(await names()).toContain('preview_protection');
});

it('gives a property of the site isolation as many values as it has', async () => {
  const property = [{ name: 'php_handler_type', value: ['fpm', 'cgi'] }];
  const { plesk } = await start({ seed: { server: { 'site-isolation-config': { property } } } });

  expect(await dataset(plesk, 'site-isolation-config')).toBe(
    '<property><name>php_handler_type</name><value>fpm</value><value>cgi</value></property>',
  );
});

it('tells the idle time of the settings', async () => {
  const { plesk } = await start({ loginTimeout: 17 });

  expect(await dataset(plesk, 'session_setup')).toBe('<login_timeout>17</login_timeout>');
});

it('tells of the administrator what the account has, and what Plesk never lacks', async () => {
  const { plesk: demo } = await start();
  const { plesk: bare } = await start({ seed: { server: { gen_info: { server_name: 'host.example' } } } });

  expect(await dataset(demo, 'admin')).toMatch(
    /<admin_pname>Administrator<.*<admin_email>admin@example\.com</,
  );
  expect(await dataset(bare, 'admin')).toMatch(
    /<admin_pname>Administrator<.*<admin_email>admin@host\.example</,
  );
});

it.each([
  ['<main/>', 1],
  ['<all/>', 1],
  ['<key-id>other</key-id><key-id>PLSK.00000001.0000</key-id>', 1],
  ['<key-id>other</key-id>', 0],
  ['<name>other</name>', 0],
  ['<all-additional/>', 0],
  ['', 1],
])('gives the one license key, or none, for the filter %s', async (filter, keys) => {
  const { plesk } = await start();

  const { body } = await ask(plesk, inServer(`<get><key><filter>${filter}</filter></key></get>`));

  expect(resultsIn(body)).toEqual(['ok']);
  expect(body.split('<key>').length - 1).toBe(keys);
});

const SERVER: SeedInput['server'] = {
  key: { property: [{ name: 'plesk_key_id', value: 'PLSK.7' }], content: 'eA==' },
  gen_info: {
    server_name: 'host.example',
    server_guid: 'guid',
    'external-id': 'ext',
    'vps-optimized-status': { aspect: [{ name: 'a', value: 'b' }] },
    mode: 'poweruser',
  },
  components: { component: [{ name: 'psa', version: '1' }] },
  stat: {
    objects: { clients: 12, problem_domains: '3' },
    version: { plesk_version: '99.9', veid: 101 },
    other: { uptime: 5, inside_vz: true },
    load_avg: { l1: 0.5, l15: '1.25' },
    mem: { total: '18446744073709551615' },
    diskspace: {
      device: [
        { name: '/dev/a', total: 3, used: 1, free: 2 },
        { name: '/dev/b', total: 0, used: 0, free: 0 },
      ],
    },
  },
  admin: {
    admin_cname: 'Example Ltd.',
    admin_pname: 'Ada',
    admin_email: 'ada@example.com',
    admin_locale: 'de-DE',
    admin_multiple_sessions: false,
    send_announce: true,
    'global-login': 'ada',
  },
  interfaces: { interface: ['eth7', 'eth8'] },
  services_state: { srv: [{ id: 'web', title: 'Web', state: 'none', error: 'off' }] },
  prefs: { stat_ttl: 9, smtp_tls: true },
  shells: { shell: [{ name: 'sh', path: '/sh' }] },
  session_setup: { login_timeout: 7 },
  'site-isolation-config': { property: [{ name: 'php', value: 'off' }] },
  updates: { available_update: '18.0.34', install_updates_automatically: false },
  'admin-domain-list': { domain: [{ id: 1, name: 'example.com' }] },
  certificates: { certificate: [{ name: 'default' }] },
};

it.each([
  ['key', '<property><name>plesk_key_id</name><value>PLSK.7</value></property><content>eA==</content>'],
  [
    'gen_info',
    '<server_name>host.example</server_name><server_guid>guid</server_guid><external-id>ext</external-id><vps-optimized-status><aspect><name>a</name><value>b</value></aspect></vps-optimized-status><mode>poweruser</mode>',
  ],
  ['components', '<component><name>psa</name><version>1</version></component>'],
  ['stat', '<objects><clients>12</clients><domains>0</domains>'],
  [
    'stat',
    '<problem_domains>3</problem_domains></objects><version><plesk_name>psa</plesk_name><plesk_version>99.9</plesk_version><plesk_os>',
  ],
  ['stat', '<veid>101</veid></version><other><cpu>'],
  [
    'stat',
    '<uptime>5</uptime><inside_vz>true</inside_vz></other><load_avg><l1>0.5</l1><l5>3</l5><l15>1.25</l15></load_avg>',
  ],
  ['stat', '<mem><total>18446744073709551615</total><used>'],
  [
    'stat',
    '<diskspace><device><name>/dev/a</name><total>3</total><used>1</used><free>2</free></device><device><name>/dev/b</name>',
  ],
  ['admin', '<admin_cname>Example Ltd.</admin_cname><admin_pname>Ada</admin_pname>'],
  [
    'admin',
    '<send_announce>true</send_announce><admin_locale>de-DE</admin_locale><admin_multiple_sessions>false</admin_multiple_sessions><global-login>ada</global-login>',
  ],
  ['interfaces', '<interface>eth7</interface><interface>eth8</interface>'],
  ['services_state', '<srv><id>web</id><title>Web</title><state>none</state><error>off</error></srv>'],
  [
    'prefs',
    '<stat_ttl>9</stat_ttl><include_remote_databases>true</include_remote_databases><traffic_accounting>3</traffic_accounting><restart_apache_interval>0</restart_apache_interval>',
  ],
  [
    'prefs',
    '<ftp_over_ssl>enabled</ftp_over_ssl><smtp_tls>true</smtp_tls><aps_force_updates>false</aps_force_updates>',
  ],
  ['shells', '<shell><name>sh</name><path>/sh</path></shell>'],
  ['session_setup', '<login_timeout>7</login_timeout>'],
  ['site-isolation-config', '<property><name>php</name><value>off</value></property>'],
  ['updates', '<available_update>18.0.34</available_update>'],
  ['updates', '<install_updates_automatically>false</install_updates_automatically>'],
  ['admin-domain-list', '<domain><id>1</id><name>example.com</name></domain>'],
  ['certificates', '<certificate><name>default</name></certificate>'],
])('tells in %s what the seed sets, and of the rest its own', async (name, expected) => {
  const { plesk } = await start({ seed: { server: SERVER } });

  expect(await dataset(plesk, name)).toContain(expected);
});

it.each([
  ['a dataset that nobody knows', { statistics: {} }, ['server.statistics']],
  ['an element that nobody knows', { stat: { mem: { totall: 1 } } }, ['server.stat.mem.totall']],
  [
    'a size that is none',
    { stat: { mem: { total: 'much', used: -1 } } },
    ['server.stat.mem.total', 'server.stat.mem.used'],
  ],
  [
    'a count beyond its type',
    { stat: { objects: { clients: 4_294_967_296 } } },
    ['server.stat.objects.clients'],
  ],
  ['a load that is none', { stat: { load_avg: { l1: '0,5' } } }, ['server.stat.load_avg.l1']],
  [
    'a word for true',
    { updates: { install_third_party_updates: 'yes' } },
    ['server.updates.install_third_party_updates'],
  ],
  ['an object for a text', { gen_info: { server_name: {} } }, ['server.gen_info.server_name']],
  ['an empty name', { gen_info: { server_name: '' } }, ['server.gen_info.server_name']],
  ['a text for an object', { stat: 'x' }, ['server.stat']],
  [
    'a state that is none',
    { services_state: { srv: [{ id: 'a', title: 'A', state: 'up' }] } },
    ['server.services_state.srv.0.state'],
  ],
  [
    'a device without a size',
    { stat: { diskspace: { device: [{ name: 'a' }] } } },
    ['total', 'used', 'free'].map((size) => `server.stat.diskspace.device.0.${size}`),
  ],
  ['an address of mail that is none', { admin: { admin_email: 'ada' } }, ['server.admin.admin_email']],
  [
    'a preference that is none',
    { prefs: { smtp_port: 0, 'waf-rule-set': 'x' } },
    ['server.prefs.smtp_port', 'server.prefs.waf-rule-set'],
  ],
  ['a preference that no answer shows', { prefs: { smtp_password: 'x' } }, ['server.prefs.smtp_password']],
  [
    'an idle time that is none',
    { session_setup: { login_timeout: 0 } },
    ['server.session_setup.login_timeout'],
  ],
  ['a key that is no base64', { key: { content: '?' } }, ['server.key.content']],
])('refuses a seed with %s and names its path', async (_case, server, paths) => {
  const failure = await startEmulator({ seed: { server } as SeedInput }).catch((error: unknown) => error);

  if (!(failure instanceof SeedError)) throw new Error('the seed was accepted');
  expect(failure.mistakes.map((mistake) => mistake.split(': ')[0])).toEqual(paths);
  for (const mistake of failure.mistakes) expect(mistake).toMatch(/^\S+: \S/);
});
