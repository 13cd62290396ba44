import type { Secret } from '../../base/secret.ts';
import type { ReleaseName } from '../plesk/releases.ts';

/** Whom a login of Plesk belongs to. */
export type Role = 'customer' | 'reseller' | 'admin';

/** How the service proves to a Plesk who it is: a secret key, or login and password. */
export type Credentials =
  | { readonly kind: 'key'; readonly key: Secret }
  | { readonly kind: 'password'; readonly login: string; readonly password: Secret };

/** One Plesk server, its credentials at hand. */
export interface PleskServer {
  readonly id: string;
  /** The panel's origin, `https://plesk.example.com:8443`, without a slash at the end; http for loopback only. */
  readonly origin: string;
  readonly release: ReleaseName;
  readonly credentials: Credentials;
  /** The CA to trust instead of those that Node trusts, in PEM. */
  readonly ca: string | undefined;
  /** SHA-256 of the certificate in DER, 64 lower-case hex digits; trusted in place of any CA. */
  readonly fingerprint: string | undefined;
  /** panel.ini [security] trustedRedirectHosts of that server; `undefined` where it is absent there. */
  readonly trustedRedirectHosts: readonly string[] | undefined;
  /** Where 12.5 and 17.x let an absolute success_redirect_url lead. */
  readonly absoluteRedirects: 'any' | 'initiating-host';
  readonly failureRedirectUrl: string | undefined;
  /** Whether the browser is sent with PHPSESSID besides PLESKSESSID (Plesk for Linux up to 12.5). */
  readonly sendsPhpSessionId: boolean;
}

/** A login of a user on one server. */
export interface Account {
  readonly serviceId: number;
  readonly server: string;
  readonly login: string;
  readonly role: Role;
  readonly isPrimary: boolean;
}

/** A customer of the hosting company. */
export interface User {
  readonly id: number;
  readonly isActive: boolean;
  readonly isSsoDisabled: boolean;
  readonly accounts: readonly Account[];
}

/** The actions of the API, as they stand in its paths. */
export const ACTIONS = [
  'Clients/CreateClientSsoToken',
  'Clients/GetClientSsoToken',
  'Clients/RevokeClientSsoToken',
] as const;
export type Action = (typeof ACTIONS)[number];

/** How a link opens: at once (direct), after a button was pressed (confirm), or at once for sure page navigations (auto). */
export const MODES = ['auto', 'direct', 'confirm'] as const;
export type Mode = (typeof MODES)[number];

/** What a key may do besides logging customers in. */
export const SCOPES = ['sso:admin', 'sso:reseller'] as const;
export type Scope = (typeof SCOPES)[number];

/** A key of the API; the key itself is kept nowhere. */
export interface ApiKey {
  /** Short and public, for logs and for `keys revoke`. */
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the key, 64 lower-case hex digits. */
  readonly sha256: string;
  /** Addresses and CIDR ranges it is accepted from; `undefined` for all. */
  readonly addresses: readonly string[] | undefined;
  readonly actions: readonly Action[];
  readonly scopes: readonly Scope[];
  /** Milliseconds since 1970; `undefined` for a key without end. */
  readonly expiresAt: number | undefined;
  /** What `mode` is where a request has none; `undefined` for the service's own setting. */
  readonly mode: Mode | undefined;
}

/** Who lives where, and who may ask: one reading of the directory file, never changed. */
export interface Directory {
  server(id: string): PleskServer | undefined;
  servers(): readonly PleskServer[];
  /** Servers whose credential or CA cannot be read, by id, with the reasons. `server` does not find them. */
  unusable(): ReadonlyMap<string, readonly string[]>;
  user(id: number): User | undefined;
  users(): readonly User[];
  keys(): readonly ApiKey[];
  /** By the SHA-256 of the key, 64 lower-case hex digits. */
  keyByDigest(sha256: string): ApiKey | undefined;
  keyById(id: string): ApiKey | undefined;
}
