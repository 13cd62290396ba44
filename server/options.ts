import type { Clock } from '../base/clock.ts';
import type { Ids } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { SettingsInput } from './config.ts';
import type { ReleaseName } from './protocol/versions/releases.ts';
import type { SeedInput } from './state/seed.ts';

/** How an emulator in this process is started; everything that is left out is as on the command line. */
export interface EmulatorOptions extends Held<Omit<SettingsInput, 'seed'>> {
  /** The release to emulate; `18.0` without it. */
  readonly plesk?: ReleaseName | undefined;
  /** The address to listen on; `127.0.0.1` without it. */
  readonly host?: string | undefined;
  /** The port for HTTP; without it, or with 0, any that is free. */
  readonly httpPort?: number | undefined;
  /** Accounts, or the name of a JSON file that has them, or `demo`. Without it there is the administrator alone. */
  readonly seed?: SeedInput | string | undefined;
  /** panel.ini's trustedRedirectHosts: `example.com`, `*.example.com`, `192.0.2.1`. Absent trusts all, empty none. */
  readonly trustedRedirectHosts?: string[] | undefined;
  /** Where 12.5 and 17.x let an absolute success_redirect_url lead; `any` without it. */
  readonly absoluteRedirects?: 'any' | 'initiating-host' | undefined;
  /** After how many minutes without use a session ends; 30 without it. */
  readonly loginTimeout?: number | undefined;
  /** How many seconds a token may wait to be opened; without it as long as a session may be idle. */
  readonly tokenTtl?: number | undefined;
  /** Whether a token logs in again while its session lives. */
  readonly tokenReuse?: boolean | undefined;
  /** Whether a token is accepted from its user_ip only; `true` without it. */
  readonly addressCheck?: boolean | undefined;
  /** Whether a session goes on from another address. */
  readonly allowIpChanges?: boolean | undefined;
  /** Whether a token is accepted as the session's cookie before it was opened. */
  readonly unopenedSessions?: boolean | undefined;
  /** What an empty user_ip does: bind the session to the caller of the API, or 1019; `caller` without it. */
  readonly emptyUserIp?: 'caller' | 'refuse' | undefined;
  /** panel.ini's [api] enabled; `true` without it. */
  readonly api?: boolean | undefined;
  /** panel.ini's [api] allowedIPs; without it all. */
  readonly apiAllowedIps?: string[] | undefined;
  /** The largest packet that is read, in bytes; 1 MiB without it. */
  readonly maxPacketBytes?: number | undefined;
  /** The zone of the times in answers, as the IANA database names it; `UTC` without it. */
  readonly timeZone?: string | undefined;
  /** Where time comes from; the machine's own clock without it. */
  readonly clock?: Clock;
  /** Where session ids come from; random without it. */
  readonly ids?: Ids;
  /** Where a line for each packet and login goes; nowhere without it. */
  readonly log?: Log;
  /** `false` opens no port: `app` alone answers, to supertest or a server of the caller's. */
  readonly listen?: boolean;
}

/** The settings have these types; what is not described above does not compile. */
type Held<T> = { readonly [K in keyof T]?: T[K] | undefined };
