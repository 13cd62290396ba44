import type { SeedInput } from '../../server/emulator.ts';
import type { Favourites } from './shape-arbitrary.ts';

const PASSWORD = 'crowded1Q**';

/** An administrator (1) with two resellers (2, 3) and customers of all three, who share what may be shared. */
export const CROWDED: SeedInput = {
  accounts: [
    { login: 'admin', password: PASSWORD, role: 'admin', name: 'Administrator' },
    {
      login: 'rita',
      password: PASSWORD,
      role: 'reseller',
      name: 'Rita',
      externalId: 'shared',
      guid: guid(2),
      limits: { max_cl: 4 },
      ipPool: [{ address: '192.0.2.10', type: 'shared' }],
    },
    { login: 'rolf', password: PASSWORD, role: 'reseller', name: 'Rolf', status: 'suspended' },
    { login: 'carl', password: PASSWORD, role: 'customer', name: 'Carl', externalId: 'shared' },
    { login: 'carla', password: PASSWORD, role: 'customer', company: 'Carla & Co.', externalId: 'shared' },
    { login: 'cora', password: PASSWORD, role: 'customer', owner: 'rita', guid: guid(6), externalId: 'own' },
    { login: 'cosima', password: PASSWORD, role: 'customer', owner: 'rita', status: 'suspended' },
    { login: 'curt', password: PASSWORD, role: 'customer', owner: 'rolf', locale: 'de-DE', country: 'DE' },
  ],
  secretKeys: [{ key: guid(9), login: 'rita' }],
  ipAddresses: [{ address: '192.0.2.10' }, { address: '192.0.2.11', type: 'exclusive' }],
};

function guid(digit: number): string {
  return '8-4-4-4-12'.replace(/\d+/g, (size) => String(digit).repeat(Number(size)));
}

/** Who calls: the administrator, a reseller and a customer. */
export const CALLERS = ['admin', 'rita', 'carl'].map((login) => ({ login, password: PASSWORD }));

const IDS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', ' 6 ', '99', '0'];
const LOGINS = ['admin', 'rita', 'rolf', 'carl', 'carla', 'cora', 'cosima', 'curt', 'nobody', ' carl '];
const ADDRESSES = ['192.0.2.10', '192.0.2.11', '192.0.2.12', '2001:db8::1', '127.0.0.1'];

/** What packets to such an emulator should say often, by the names of the elements. */
export const WORDS_OF_CROWD: Favourites = {
  id: IDS,
  'owner-id': IDS,
  'new-owner-id': IDS,
  login: LOGINS,
  'owner-login': LOGINS,
  'new-owner-login': LOGINS,
  guid: [guid(2), guid(6), guid(7)],
  'external-id': ['shared', 'own', 'nobody', ''],
  'owner-external-id': ['shared', 'own', 'nobody'],
  key: [guid(9), guid(8)],
  passwd: [PASSWORD, 'another1Q**', 'weak'],
  status: ['0', '16', '32', '48', '2', '-1'],
  email: ['one@example.com', 'none', ''],
  country: ['DE', 'US', 'XX', 'Germany'],
  locale: ['en-US', 'de-DE', 'fr-FR', 'xx-XX'],
  locale_id: ['en-US', 'de-DE', 'xx-XX'],
  ip_address: ADDRESSES,
  'ip-address': ADDRESSES,
  'ipV4-address': ADDRESSES,
  'ipV6-address': ADDRESSES,
  ip: ADDRESSES,
  netmask: ['255.255.255.0', '255.0.255.0'],
  name: ['max_cl', 'max_dom', 'disk_space', 'create_clients', 'remote_access_interface', 'nothing'],
  value: ['10', '-1', '0', 'true', 'false'],
  user_ip: ['MTI3LjAuMC4x', ''],
};
