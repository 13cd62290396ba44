import type { Rule } from '../source.ts';
import type { ServerInfo } from './server-info.ts';

/** Which absolute URLs a browser may be sent to after a login or its failure (see panel/redirects). */
export type HostRule = 'initiating-host' | 'any' | 'trusted-hosts';

/** How one release of Plesk behaves: whatever differs between releases is a column here. */
export interface Release extends Rule {
  /** As `--plesk` names it. */
  readonly plesk: string;
  /** The newest packet version it speaks. */
  readonly protocol: string;
  /** As server/get tells its version. */
  readonly pleskVersion: string;
  /** What its pages call themselves; scripts that wait for Plesk look for `<title>Plesk`. */
  readonly title: string;
  /** The session's cookie over TLS and over plain HTTP, and how its flags are spelled. */
  readonly cookies: { readonly secure: string; readonly plain: string; readonly flags: CookieFlags };
  /** Where a browser without a session is sent, and the page with the login form. */
  readonly login: { readonly entry: string; readonly form: string };
  readonly redirectStatus: 302 | 303;
  readonly redirects: {
    /** Whether success_redirect_url may be a path of the panel. */
    readonly paths: boolean;
    readonly success: HostRule;
    readonly failure: HostRule;
    /** What a refused success_redirect_url does: turns the browser away, or sends it to the default page. */
    readonly refusedSuccess: 'turned-away' | 'default-page';
  };
  /** Whether create_session's starting_url is opened when nothing else was asked for. */
  readonly startingUrlUsed: boolean;
  /** Whether a failed login goes back to the source_server of create_session. */
  readonly sourceServerIsTarget: boolean;
  /** Who may ask for whose session: only the administrator, or every owner for itself and its own. */
  readonly sessionsFor: 'administrator-only' | 'owners';
  /** Whether there is a REST API, at /api/v2. */
  readonly hasRest: boolean;
  /** What a packet without usable credentials is: 1001 as a wrong password is, or 1029. */
  readonly noCredentials: 'wrong-credentials' | 'no-authentication';
  /** Texts of faults that were seen, or that differ between releases. */
  readonly errtexts: Errtexts;
  /** The text of 11003 for a secret key that does not exist. */
  readonly unknownKeyText: string;
  /** Whether secret_key/get_info shows a key in whole, or an id in its place. */
  readonly secretKeysReadable: boolean;
  /** What server/get tells on a fresh server. */
  readonly serverInfo: ServerInfo;
  /** What server/get answers besides what 12.0 does, by element. */
  readonly serverExtras: readonly string[];
  /** How strong a new password has to be at least. */
  readonly passwordStrength: PasswordStrength;
  /** The permissions of a reseller, in the order of their descriptor. */
  readonly resellerPermissions: readonly string[];
  /** The locales that are installed. */
  readonly locales: readonly string[];
}

interface Errtexts {
  /** 1004: nobody has gone through the first configuration. */
  readonly notConfigured: string;
  /** 1007: a customer's login that is taken. */
  readonly customerLoginTaken: (login: string) => string;
  /** 1013: a customer or reseller that does not exist. */
  readonly noSuchClient: string;
  /** 1029. */
  readonly noAuthentication: string;
  /** 1030. */
  readonly licenseExpired: string;
}

/** The five levels of Plesk's password policy, the weakest first. */
export const PASSWORD_STRENGTHS = ['very-weak', 'weak', 'medium', 'strong', 'very-strong'] as const;

export type PasswordStrength = (typeof PASSWORD_STRENGTHS)[number];

interface CookieFlags {
  readonly secure: string;
  readonly httpOnly: string;
  /** Whether a login without no_frames removes the cookie of that name. */
  readonly clearsNoFrames: boolean;
  /** Whether the locale's cookie has a Max-Age and flags, or an end and a path alone. */
  readonly localeIsGuarded: boolean;
}
