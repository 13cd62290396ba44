import type { Rule } from '../protocol/source.ts';
import { AUTO_LOGIN, assumed, documented } from '../protocol/source.ts';

/** Why a browser may or may not be sent somewhere. */
export const REDIRECTS = {
  form: {
    id: 'redirect/form',
    source: assumed(
      'no source says what becomes of them; browsers read each in a way of its own',
      'a path or an http(s) URL; no //host, backslash, control character, user-info',
    ),
  },
  absolute: {
    id: 'redirect/absolute',
    source: documented(
      AUTO_LOGIN,
      'up to 12.0 success_redirect_url is absolute; a path will do from 12.5 on',
    ),
  },
  initiatingHost: {
    id: 'redirect/initiating-host',
    source: documented(AUTO_LOGIN, 'up to 12.0 the host is the one that initiated the session'),
  },
  initiator: {
    id: 'redirect/initiator',
    source: assumed(
      'the documentation does not say which name it goes by',
      "the initiating host is that of source_server, else the panel's own; ports do not count",
    ),
  },
  wildcardForm: {
    id: 'redirect/wildcard-form',
    source: documented(
      'docs.plesk.com article 79044',
      'hosts are names, addresses, and *. before a name; an empty list trusts none',
    ),
  },
  wildcard: {
    id: 'redirect/wildcard',
    source: assumed(
      'the page names the form, not what it matches',
      '*.example.com is any sub-domain and not example.com; case and port are ignored',
    ),
  },
  logout: {
    id: 'redirect/failure-before-17.0',
    source: assumed(
      'only success_redirect_url is documented',
      'up to 12.0 failure_redirect_url has the same host rule; 12.5 has none',
    ),
  },
  trustedHosts: {
    id: 'redirect/trusted-hosts',
    source: documented(
      'docs.plesk.com article 79044',
      'panel.ini [security] trustedRedirectHosts; for failure_redirect_url from 17.0, for both from 18.0',
    ),
  },
  anyHost: {
    id: 'redirect/any-host',
    source: assumed(
      '12.5 and 17.x document no limit',
      'any absolute URL; the setting absoluteRedirects is stricter',
    ),
  },
  ownOrigin: {
    id: 'redirect/own-origin',
    source: assumed('it leads nowhere else', "a URL of the panel's own origin counts as a path"),
  },
  sourceServer: {
    id: 'redirect/source-server',
    source: documented(
      'docs.plesk.com article 73865 (onyx, obsidian)',
      'a failed login leads to source_server from 17.0 on',
    ),
  },
  sourceServerForm: {
    id: 'redirect/source-server-form',
    source: assumed(
      'clients write an address there without wanting to go to it',
      'a URL or host name is a target as failure_redirect_url is; an address is none',
    ),
  },
} as const satisfies Record<string, Rule>;

export const REDIRECT_RULES: readonly Rule[] = Object.values(REDIRECTS);
