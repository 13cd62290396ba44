import type { Clock } from '../base/clock.ts';
import type { Ids } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { Settings } from './config.ts';
import type { AnyVersion } from './protocol/versions/releases.ts';
import type { SeedInput } from './state/seed/seed.ts';

/** How an emulator in this process is started; everything that is left out is as on the command line. */
export interface EmulatorOptions extends Held<Omit<Settings, 'seed' | 'plesk'>> {
  /**
   * The release to emulate; `18.0` without it. `18` is the newest release of 18, `18.0.60` the nearest one at or below.
   */
  readonly plesk?: AnyVersion | undefined;
  /** The address to listen on; `127.0.0.1` without it. */
  readonly host?: string | undefined;
  /** The port for HTTP; without it, or with 0, any that is free. */
  readonly httpPort?: number | undefined;
  /** Whether HTTPS is there besides HTTP; `false` without it, other than on the command line. */
  readonly https?: boolean | undefined;
  /** The port for HTTPS; without it, or with 0, any that is free. */
  readonly httpsPort?: number | undefined;
  /** Names and addresses that the certificate is for, besides localhost, 127.0.0.1, ::1 and the host's own name. */
  readonly hostnames?: readonly string[] | undefined;
  /** The directory that keeps the CA, made where it is not there; without it each start has a CA of its own. */
  readonly caDir?: string | undefined;
  /** A file with a certificate in PEM, its chain below it, in place of the emulator's own. */
  readonly tlsCert?: string | undefined;
  /** The file with the key of `tlsCert`, in PEM. */
  readonly tlsKey?: string | undefined;
  /** The file that keeps accounts, keys and settings; once it is there, it counts and not the seed. */
  readonly state?: string | undefined;
  /** What it starts with, or the name of a file that says so, or `demo`. Without it there is the administrator alone. */
  readonly seed?: SeedInput | string | undefined;
  /** panel.ini's trustedRedirectHosts: `example.com`, `*.example.com`, `192.0.2.1`. Absent trusts all, empty none. */
  readonly trustedRedirectHosts?: readonly string[] | undefined;
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
  /** What create_session does for a suspended account: 1011, or a token that logs nobody in; `refuse` without it. */
  readonly suspendedSession?: 'refuse' | 'make' | undefined;
  /** The errcode of create_session for a login that does not exist; `1013` without it. */
  readonly unknownLogin?: '1013' | '1001' | undefined;
  /** Where a secret key made without ip_address is accepted from; `sender` without it. */
  readonly keyWithoutAddress?: 'sender' | 'any' | undefined;
  /** How many wrong passwords in a row lock a login; without it none do. */
  readonly lockoutAttempts?: number | undefined;
  /** How many minutes a login stays locked; 30 without it. */
  readonly lockoutMinutes?: number | undefined;
  /** Whether login_up.php takes login and password by GET; `true` without it. */
  readonly loginByGet?: boolean | undefined;
  /** SameSite of the session's cookie; `absent` without it. */
  readonly sameSite?: 'absent' | 'lax' | 'strict' | 'none' | undefined;
  /** Whether a user without e-mail or phone is asked for them before the first page. */
  readonly askForContact?: boolean | undefined;
  /** Whether packets of any Content-Type are read; `true` without it. */
  readonly anyContentType?: boolean | undefined;
  /** panel.ini's [api] enabled; `true` without it. */
  readonly api?: boolean | undefined;
  /** panel.ini's [api] allowedIPs; without it all. */
  readonly apiAllowedIps?: readonly string[] | undefined;
  /** The largest packet that is read, in bytes; 1 MiB without it. */
  readonly maxPacketBytes?: number | undefined;
  /** How many of the latest requests the journal holds; 1000 without it, 0 keeps none. */
  readonly journal?: number | undefined;
  /** Whether `verify` and `close` reject where something came that is not emulated, or not read; `record` without it. */
  readonly unexpected?: 'record' | 'fail' | undefined;
  /** The text that tokens and keys are made from, the same in each run; random without it. `ids` wins over it. */
  readonly idSeed?: string | undefined;
  /** What `/_emulator` wants as bearer token; without it, it is served where `host` is loopback alone. */
  readonly controlToken?: string | undefined;
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
  /**
   * `true` lets the process end although nobody has called `close`, such as after a test that failed before it.
   * @default false
   */
  readonly unref?: boolean;
}

/** The settings have these types; what is not described above does not compile. */
type Held<T> = { readonly [K in keyof T]?: T[K] | undefined };
