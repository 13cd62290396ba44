import { isIPv4 } from 'node:net';
import { expect, it } from 'vitest';
import { ask, dataset, textsOf } from '../support/agent.ts';
import { start } from '../support/emulator.ts';
import { inServer, post, resultsIn } from '../support/wire.ts';

// What the tests of plesk/api-php-lib read of a fresh 18.0, a dataset or an operation each.

const elementsOf = (text: string): readonly string[] =>
  [...text.matchAll(/<([\w-]+)\/?>/g)].map(([, name = '']) => name);

const packet = (content: string): string => `<packet>${content}</packet>`;

it.each([
  ['gen_info', 'server_name server_guid vps-optimized-status mode'],
  [
    'stat',
    'objects version other load_avg mem swap diskspace clients domains active_domains mail_boxes databases plesk_name plesk_version plesk_os os_release cpu uptime inside_vz l1 l5 l15 total used free',
  ],
  [
    'admin',
    'admin_cname admin_pname admin_phone admin_email admin_locale admin_multiple_sessions send_announce',
  ],
  ['interfaces', 'interface'],
  ['services_state', 'srv id title state'],
  ['prefs', 'stat_ttl traffic_accounting restart_apache_interval'],
  ['shells', 'shell name path'],
  ['session_setup', 'login_timeout'],
  ['site-isolation-config', 'property name value'],
  ['components', 'component name version'],
  [
    'updates',
    'available_update available_update_type security_updates last_installed_update install_updates_automatically install_third_party_updates install_system_package_updates_automatically',
  ],
])('finds the elements of %s', async (name, elements) => {
  const { plesk } = await start({ seed: {} });

  expect(elementsOf(await dataset(plesk, name))).toEqual(expect.arrayContaining(elements.split(' ')));
});

it('finds the values that the library compares', async () => {
  const { plesk } = await start({ seed: {} });
  const first = async (name: string, element: string): Promise<string | undefined> =>
    textsOf(await dataset(plesk, name), element)[0];

  expect(await first('prefs', 'restart_apache_interval')).toBe('0');
  expect(Number(await first('prefs', 'stat_ttl'))).toBeGreaterThan(0);
  expect(await first('stat', 'plesk_name')).toBe('psa');
  expect(await first('stat', 'clients')).toBe('0');
  expect(await first('session_setup', 'login_timeout')).toBe('30');
  expect(await first('gen_info', 'server_guid')).toMatch(/^[\da-f-]{36}$/);
  expect(textsOf(await dataset(plesk, 'shells'), 'path')).toContain('/bin/bash');
  expect(textsOf(await dataset(plesk, 'services_state'), 'id')).toContain('smtp');
  const key = await dataset(plesk, 'key');
  for (const limit of ['can-manage-customers', 'can-manage-resellers', 'lim_cl', 'lim_dom'])
    expect(key).toMatch(new RegExp(`<name>${limit}</name><value>-?\\d+</value>`));
});

it('knows the packet versions that the library sends', async () => {
  const { plesk } = await start({ seed: {} });

  const { body } = await ask(plesk, inServer('<get_protos/>'));

  expect(textsOf(body, 'proto')).toEqual(expect.arrayContaining(['1.6.3.0', '1.6.6.0', '1.6.9.1']));
});

it('has one IPv4 address with mask, type and interface, and the language en-US', async () => {
  const { plesk } = await start({ seed: {} });

  const body = await post(plesk, packet('<ip><get/></ip><locale><get><filter/></get></locale>'));

  expect(isIPv4(textsOf(body, 'ip_address')[0] ?? '')).toBe(true);
  expect(elementsOf(body)).toEqual(expect.arrayContaining(['netmask', 'type', 'interface']));
  expect(elementsOf(body)).not.toContain('default');
  expect(textsOf(body, 'id')).toContain('en-US');
});

it('lists no customers, resellers, keys and sessions, without an error', async () => {
  const { plesk } = await start({ seed: {} });

  const body = await post(
    plesk,
    packet(`<customer><get><filter/><dataset><gen_info/></dataset></get></customer>
      <reseller><get><filter/><dataset><gen-info/></dataset></get></reseller>
      <secret_key><get_info><filter/></get_info></secret_key><session><get/></session>`),
  );

  expect(resultsIn(body)).toEqual(['ok', 'ok', 'ok', 'ok']);
  for (const name of ['data', 'key_info', 'filter-id']) expect(elementsOf(body)).not.toContain(name);
});

it('gives a fresh reseller permissions with name and value', async () => {
  const { plesk } = await start({ seed: {} });

  const body = await post(
    plesk,
    packet(`<reseller><add><gen-info><pname>R</pname><login>rolf</login><passwd>test-&amp;PWD*1@42!13#</passwd></gen-info></add>
      <get><filter><login>rolf</login></filter><dataset><permissions/></dataset></get></reseller>`),
  );

  const permissions = /<permissions>(.*)<\/permissions>/.exec(body)?.[1] ?? '';
  expect(textsOf(permissions, 'name').length).toBeGreaterThan(20);
  expect(new Set(textsOf(permissions, 'value'))).toEqual(new Set(['false']));
});
