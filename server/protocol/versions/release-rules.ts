import type { Rule } from '../source.ts';
import { assumed, documented, observed } from '../source.ts';

/** What the rows have in common and no source says. */
export const RELEASE_RULES: readonly Rule[] = [
  {
    id: 'release/before-12.0',
    source: assumed(
      'sources are silent',
      '10.4, 11.0 and 11.5 log in, redirect and name cookies as 12.0 does',
    ),
  },
  {
    id: 'release/12.5-between',
    source: assumed(
      'sources are silent',
      '12.5 has the cookies and status of 12.0 and the login path of 17.0',
    ),
  },
  {
    id: 'release/17.x',
    source: assumed('sources are silent', '17.5 and 17.8 behave as 17.0 but for the packet version'),
  },
  {
    id: 'release/title-18.0',
    source: observed('a recorded login page of 18.0.33', 'the title is "Plesk Obsidian" and the version'),
  },
  {
    id: 'release/titles',
    source: assumed(
      'plesk/api-php-lib wait-for-plesk.sh looks for "<title>Plesk"',
      'the titles of the other releases begin with Plesk and have a version',
    ),
  },
  {
    id: 'release/rest',
    source: documented(
      'docs.plesk.com, REST API, from 17.8 on',
      '/api/v2 is a REST API, and no page before 17.8',
    ),
  },
  {
    id: 'release/errtexts',
    source: observed(
      'plesk/whmcs-plugin issue 36; plesk/api-examples issue 7; plesk/docker issue 7',
      'the texts of 1004, 1029 and 1030; on all releases alike is assumed',
    ),
  },
  {
    id: 'release/errtexts-18.0',
    source: assumed(
      "a public suite that runs against 18.0, and a third party's test data, have them",
      'on 18.0 the text of a taken customer login, and "Client" with a capital letter',
    ),
  },
  {
    id: 'release/secret-keys-readable',
    source: documented(
      'docs.plesk.com articles 37121 and 73880; plesk/db-schemas 18.0.33',
      'from 18.0.33 a key shows in whole only when it is made',
    ),
  },
  {
    id: 'release/server-extras',
    source: observed(
      'plesk/api-examples 39a2579 beside the schema of 1.6.6.0',
      'from 17.0 server/get has admin_locale, admin_multiple_sessions and one element of updates more',
    ),
  },
  {
    id: 'release/locales',
    source: observed('plesk/api-examples e867ce5 and 39a2579', '21 locales on 12.0, 32 on 17.0'),
  },
  {
    id: 'release/password-strength',
    source: documented(
      "Plesk's administrator guide, article 71081, editions 12.5 to early Obsidian",
      'before 18.0 the minimal strength is very weak; setting passwordStrength',
    ),
  },
  {
    id: 'release/password-strength-18.0',
    source: observed(
      'plesk/api-php-lib since September 2019; the recorded refusals of two WHMCS add-ons',
      'a fresh 18.0 wants a strong password; setting passwordStrength',
    ),
  },
  {
    id: 'release/reseller-permissions',
    source: observed(
      'plesk/api-examples e867ce5 and 39a2579, get-permission-descriptor',
      'the names on 12.0 and on 17.0; the releases around them assumed',
    ),
  },
];
