import type { Rule } from '../source.ts';
import { assumed, documented, observed } from '../source.ts';
import type { Release } from './release.ts';

/** A packet version. Which operators and operations it has is in `operations/request-models/`. */
export interface Protocol {
  readonly version: string;
  /**
   * What becomes of an operator that only later packet versions have: `refused` by the schema, or `unsupported`
   * in the operation's own result.
   */
  readonly laterOperators: 'refused' | 'unsupported';
  /** Whether a packet may begin with request-settings. */
  readonly requestSettings: boolean;
  /** What its answers have and others have not. */
  readonly answers: Answers;
}

/** Elements of answers that came and went. */
interface Answers {
  /** Whether gen_info of a customer ends with a description before the password. */
  readonly description: boolean;
  /** Whether the dataset stat counts webapps. */
  readonly webapps: boolean;
  /** What ip/get calls an address of its list. */
  readonly address: 'ip' | 'ip_info';
  /** Whether ip/get marks the default address. */
  readonly defaultAddress: boolean;
}

const rows = (
  versions: string,
  laterOperators: Protocol['laterOperators'],
  answers: Answers,
): readonly Protocol[] =>
  versions.split(' ').map((version) => ({
    version,
    laterOperators,
    requestSettings: laterOperators === 'unsupported',
    answers,
  }));

const ANSWERS_1_0 = { description: false, webapps: true, address: 'ip', defaultAddress: true } as const;
const ANSWERS_1_3_5 = { ...ANSWERS_1_0, address: 'ip_info' } as const;
const ANSWERS_1_6_6 = { ...ANSWERS_1_3_5, description: true } as const;
const ANSWERS_1_6_9_1 = { ...ANSWERS_1_6_6, webapps: false, defaultAddress: false } as const;

/** Every packet version, in the order of get_protos, which is not the order of the numbers. */
const PROTOCOLS: readonly Protocol[] = [
  ...rows('1.0.0.0 1.1.0.0 1.2.0.0 1.3.0.0 1.3.1.0 1.3.2.0 1.3.3.0 1.3.4.0', 'refused', ANSWERS_1_0),
  ...rows(
    '1.3.5.0 1.4.0.0 1.4.1.0 1.4.2.0 1.4.1.1 1.4.1.2 1.5.0.0 1.5.1.0 1.5.2.0 1.5.2.1',
    'refused',
    ANSWERS_1_3_5,
  ),
  ...rows('1.6.0.0 1.6.0.1 1.6.0.2 1.6.2.0', 'refused', ANSWERS_1_3_5),
  ...rows('1.6.3.0 1.6.3.1 1.6.3.2 1.6.3.3 1.6.3.4 1.6.3.5 1.6.4.0 1.6.5.0', 'unsupported', ANSWERS_1_3_5),
  ...rows('1.6.6.0', 'unsupported', ANSWERS_1_6_6),
  ...rows('1.6.7.0', 'unsupported', ANSWERS_1_6_6),
  ...rows('1.6.8.0 1.6.9.0', 'unsupported', ANSWERS_1_6_6),
  ...rows('1.6.9.1', 'unsupported', ANSWERS_1_6_9_1),
];

export const PROTOCOL_RULES: readonly Rule[] = [
  {
    id: 'protocol/list',
    source: observed(
      'plesk/api-examples e867ce5 and 39a2579; plesk/letsencrypt-plesk response_server_get_protos_ok.xml',
      'get_protos up to 1.6.8.0, 1.4.2.0 before 1.4.1.1',
    ),
  },
  {
    id: 'protocol/list-after-1.6.8.0',
    source: assumed('the list is known up to 17.0', '1.6.9.0 and 1.6.9.1 follow, and nothing is dropped'),
  },
  {
    id: 'protocol/operators',
    source: documented(
      'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); plesk/api-schemas 1.6.7.0 to 1.6.9.1',
      'the operators of each packet version, in order',
    ),
  },
  {
    id: 'protocol/old-names',
    source: observed(
      'pmill/php-plesk issue 2',
      'old packet versions have ten operators, server to domain_alias, and no request-settings',
    ),
  },
  {
    id: 'protocol/old-reseller',
    source: documented('the API RPC manual of Plesk 9', 'reseller is an operator from 1.6.0.0 on'),
  },
  {
    id: 'protocol/old-ip',
    source: observed('plesk/whmcs-plugin, templates of 1.0.0.0', 'ip is an operator of old packet versions'),
  },
  {
    id: 'protocol/old-order',
    source: assumed('libxml2 names ten operators only', 'ip and reseller follow those ten'),
  },
  {
    id: 'protocol/gen-info-description',
    source: observed(
      'molisoft/plesk_lib spec/vcr, 1.6.3.5; plesk/api-examples e867ce5, 1.6.6.0',
      'gen_info of a customer has a description from 1.6.6.0 on; between assumed',
    ),
  },
  {
    id: 'protocol/stat-webapps',
    source: documented('plesk/api-schemas 1.6.9.1', 'the dataset stat has no webapps any more'),
  },
  {
    id: 'protocol/ip-info',
    source: observed(
      'the templates of WHMCS; the schema of 1.6.6.0',
      'ip/get lists ip, and from 1.3.5 ip_info',
    ),
  },
  {
    id: 'protocol/default-address',
    source: documented(
      'plesk/api-schemas 1.6.9.1',
      'ip/get marks the default address no more; left out on the wire is assumed',
    ),
  },
  {
    id: 'protocol/session-and-secret-key',
    source: documented(
      'docs.plesk.com articles 40398 and 37121',
      'session and secret_key are operators from 1.6.6.0 on',
    ),
  },
  {
    id: 'protocol/operators-before-1.6.6.0',
    source: assumed('no schema of them is at hand', '1.6.3.0 to 1.6.5.0 have the other operators of 1.6.6.0'),
  },
  {
    id: 'protocol/partial-version',
    source: observed(
      'plesk/api-php-lib, testLatestMajorProtocol and testLatestMinorProtocol',
      '"1.6" and "1.6.5" mean the latest version that begins so',
    ),
  },
  {
    id: 'protocol/absent-version',
    source: documented('docs.plesk.com article 28709', 'from Plesk 12 on an absent version means the latest'),
  },
  {
    id: 'protocol/absent-version-before-12.0',
    source: assumed('nobody has recorded it', 'earlier releases too take an absent version for the latest'),
  },
  {
    id: 'protocol/answered-version',
    source: observed(
      'roundcubemail issue 6526; Patchman "Platform Integrations"; plesk/api-examples 39a2579',
      'the answer repeats the version asked for, or has the newest where none was',
    ),
  },
  {
    id: 'protocol/answered-partial-version',
    source: assumed(
      'nobody has recorded it',
      'the answer to a partial version has the version that it was taken for',
    ),
  },
];

/** The packet versions that a release speaks, in the order of get_protos. */
export function spokenBy({ protocol }: Release): readonly Protocol[] {
  let spoken = SPOKEN.get(protocol);
  if (spoken === undefined) {
    spoken = PROTOCOLS.slice(0, PROTOCOLS.findIndex(({ version }) => version === protocol) + 1);
    SPOKEN.set(protocol, spoken);
  }
  return spoken;
}

/** One list for each newest version: what is made for a list is made once. */
const SPOKEN = new Map<string, readonly Protocol[]>();

/**
 * The packet version that a packet is held against: the newest for an absent one, the latest that matches for a
 * partial one, `undefined` for one that the release does not speak.
 */
export function resolveVersion(asked: string | undefined, spoken: readonly Protocol[]): Protocol | undefined {
  if (asked === undefined) return spoken.at(-1);
  return (
    spoken.findLast(({ version }) => version === asked) ??
    spoken.findLast(({ version }) => asked !== '' && version.startsWith(`${asked}.`))
  );
}
