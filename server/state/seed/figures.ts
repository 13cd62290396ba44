import * as z from 'zod';
import { ADMIN_CONTACT } from '../../protocol/server-types.ts';
import { boolean, string } from '../../protocol/simple-types.ts';
import { anyText, field, pairs, pairsOfLists, part, someOf, someText, truth } from './figure-types.ts';
import { SeedPrefs } from './prefs.ts';
import { StatFigures } from './stat-figures.ts';

const word = (says: string) => someText.describe(says);

const list = <T extends z.ZodType>(row: T) => z.array(row).readonly();

/** What a seed may say of the server: any of the figures, by the elements of the schema. */
export const SeedFigures = z.strictObject({
  key: part('The license key', {
    property: field('What it allows; without it the properties of a fresh server of the release', pairs, [
      { name: 'plesk_key_id', value: 'PLSK.00000001.0000' },
      { name: 'lim_cl', value: '10' },
      { name: 'can-manage-resellers', value: '0' },
    ]),
    content: field('The key itself, in base64', z.base64().min(1)),
  }),
  gen_info: part('The dataset gen_info', {
    server_name: field('The host name of the server', someText),
    server_guid: field('Its GUID', someText),
    'external-id': field('The id that server/set changes; left out without it', anyText, 'panel-1'),
    'vps-optimized-status': field(
      'What is optimised for a virtual server; four aspects, all false, without it',
      z.strictObject({ aspect: pairs.describe('The aspects') }),
      { aspect: [{ name: 'mysql-innodb', value: 'true' }] },
    ),
    mode: field('standard or poweruser', z.enum(['standard', 'poweruser'])),
  }),
  components: part('The dataset components', {
    component: field(
      'What is installed; without it the components of a fresh server of the release',
      list(z.strictObject({ name: word('Its name'), version: word('Its version') })).check(z.minLength(1)),
      [{ name: 'psa', version: '18.0.33' }],
    ),
  }),
  stat: StatFigures,
  admin: someOf(
    {
      ...ADMIN_CONTACT,
      admin_locale: string,
      admin_multiple_sessions: boolean,
      uid: string,
      'global-login': string,
    },
    {
      admin_cname: ['The company; empty without it', 'Example Ltd'],
      admin_pname: ['The name of the account admin', 'Ann Admin'],
      admin_phone: ['Its phone', '+49 30 1234'],
      admin_fax: ['The fax; empty without it', '+49 30 1235'],
      admin_email: ['The e-mail of the account admin', 'ann@example.com'],
      admin_address: ['The street; empty without it', 'Street 1'],
      admin_city: ['The city; empty without it', 'Berlin'],
      admin_state: ['The state; empty without it', 'BE'],
      admin_pcode: ['The postcode, 10 characters at most; empty without it', '10115'],
      admin_country: ['The country; empty without it', 'DE'],
      send_announce: ['Whether announcements are wanted; false without it', false],
      admin_locale: ['The language of the account admin', 'en-US'],
      admin_multiple_sessions: ['Whether several browsers may be in as admin; true without it', true],
      uid: ['The id of a global account; left out without it', 'a1b2c3'],
      'global-login': ['The login of a global account; left out without it', 'ann@example.com'],
    },
  )
    .optional()
    .describe("The administrator's contact data; it wins over what accounts says of admin"),
  interfaces: part('The dataset interfaces', {
    interface: field('The network interfaces', list(someText)),
  }),
  services_state: part('The dataset services_state', {
    srv: field(
      'A service each; without it those of a fresh server of the release',
      list(
        z.strictObject({
          id: word('Its id'),
          title: word('Its name for people'),
          state: z.enum(['running', 'stopped', 'none']).describe('running, stopped or none'),
          error: field('What is wrong with it; left out without it', someText),
        }),
      ),
      [
        { id: 'web', title: 'Web Server (Apache)', state: 'running' },
        { id: 'dns', title: 'DNS Server (BIND)', state: 'stopped', error: 'it does not start' },
      ],
    ),
  }),
  prefs: SeedPrefs.optional().describe(
    'The general preferences, which have no effect; without a value as on a fresh server of the release',
  ),
  shells: part('The dataset shells', {
    shell: field(
      'A shell each; without it those of a fresh server of the release',
      list(z.strictObject({ name: word('Its name'), path: word('Its path') })).check(z.minLength(1)),
    ),
  }),
  session_setup: part('The dataset session_setup', {
    login_timeout: field(
      'Minutes after which an idle session ends; --login-timeout without it, which is 30',
      z.int().min(1).max(99_999),
      30,
    ),
  }),
  'site-isolation-config': part('The dataset site-isolation-config', {
    property: field('What sites may use; without it what a fresh server of the release has', pairsOfLists, [
      { name: 'ssl', value: 'any' },
      { name: 'php_handler_type', value: ['fpm', 'fastcgi'] },
    ]),
  }),
  updates: part('The dataset updates', {
    available_update: field('The version that could be installed', anyText),
    available_update_type: field('Its kind', anyText),
    security_updates: field('Updates for security', anyText),
    last_installed_update: field('What was installed last', anyText),
    install_updates_automatically: field('Whether updates come by themselves', truth),
    install_third_party_updates: field('Whether those of others do', truth),
    install_system_package_updates_automatically: field('Whether those of the system do', truth),
  }),
  'admin-domain-list': part("The administrator's own domains", {
    domain: field(
      'A domain each; none without it',
      list(z.strictObject({ id: word('Its id'), name: word('Its name') })),
      [{ id: '1', name: 'example.com' }],
    ),
  }),
  certificates: part('The dataset certificates', {
    certificate: field(
      'A certificate each; none without it',
      list(z.strictObject({ name: word('Its name') })),
      [{ name: 'default certificate' }],
    ),
  }),
});
