import type { RequestListener } from 'node:http';
import { inUrl, reachableHost } from '../base/addresses.ts';
import { systemClock } from '../base/clock.ts';
import type { Ids } from '../base/ids.ts';
import { randomIds, SeededIds } from '../base/ids.ts';
import { silentLog } from '../base/log.ts';
import { ControlledClock } from './control/clock.ts';
import { createControl } from './control/control.ts';
import type { EmulatorControl } from './control/interface.ts';
import { localControl } from './control/local.ts';
import type { Settings } from './config.ts';
import { checkSettings } from './config.ts';
import { closePorts } from './http/ports.ts';
import { openDoors } from './open-doors.ts';
import type { EmulatorOptions } from './options.ts';
import type { Release } from './protocol/versions/release.ts';
import type { SeedFile } from './seed-file.ts';
import { readSeed } from './seed-file.ts';
import type { Panel } from './state/panel.ts';
import { createPanel } from './state/panel.ts';
import type { SeedState } from './state/seed-state.ts';
import { ADMIN, freshState, SeedError } from './state/seed-state.ts';
import type { SeedInput } from './state/seed/seed.ts';
import type { Store } from './state/file/store.ts';

export type { Clock } from '../base/clock.ts';
export type { Ids } from '../base/ids.ts';
export type { Log } from '../base/log.ts';
export { ListenError } from '../base/listen-error.ts';
export { SettingsError } from '../base/settings-error.ts';
export type { ConnectOptions, RemoteEmulator } from './control/connect.ts';
export { connectEmulator } from './control/connect.ts';
export { ControlError } from './control/control-error.ts';
export type { BrowserEntry, Entry, OperationEntry, PacketEntry, ResultEntry } from './control/entry.ts';
export type { FaultInput, FaultShown } from './control/fault-types.ts';
export type {
  AccountInput,
  AccountsWanted,
  AccountShown,
  ClockShown,
  Counts,
  EmulatorControl,
  Explanation,
  SecretKeyShown,
  SessionEnded,
  SessionShown,
} from './control/interface.ts';
export type { PageWanted } from './control/page.ts';
export type { Wanted, WantedFields } from './control/wanted.ts';
export type { EmulatorOptions } from './options.ts';
export type { Release } from './protocol/versions/release.ts';
export { SeedError } from './state/seed-state.ts';
export { StateError } from './state/file/state-error.ts';
export { CertificateError } from './http/tls/certificate-error.ts';
export type { SeedInput } from './state/seed/seed.ts';
export type { Refusal, Session, SessionContext } from './state/session.ts';

/** A running emulator of this process, and what a test does to it. */
export interface Emulator extends EmulatorControl, AsyncDisposable {
  /**
   * `http://127.0.0.1:40123`, without a slash at the end; on loopback too where it listens on all addresses. Throws where
   * no port was opened.
   */
  readonly url: string;
  /** `https://127.0.0.1:40124`, as above. Throws where HTTPS is off, as it is unless asked for. */
  readonly httpsUrl: string;
  /** The CA that a client of `httpsUrl` has to trust, in PEM; none without HTTPS or with a certificate of one's own. */
  readonly ca: string | undefined;
  /** The administrator's credentials for the API, as they are now. */
  readonly admin: { readonly login: string; readonly password: string };
  /** The release that it emulates now. */
  readonly release: Release;
  /** Answers requests, with or without a port. */
  readonly app: RequestListener;
  /**
   * Closes the ports, and resolves when both sides have closed all connections, so that the port can be used again; what
   * is under way may still end within a quarter of a second. Rejects where the last changes could not be written to the
   * state file, and where something unexpected came and the setting `unexpected` is `fail`.
   */
  close(): Promise<void>;
}

/**
 * Starts a Plesk of its own. Wrong options throw a SettingsError, a wrong seed a SeedError, a state file that cannot be
 * used a StateError, each naming every mistake; a CertificateError says what is wrong with a key or certificate, and a
 * ListenError why a port cannot be opened.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const {
    seed,
    clock: below = systemClock,
    ids,
    log = silentLog,
    listen: isListening = true,
    unref: isUnref = false,
    ...rest
  } = options;
  const settings = checkSettings({
    ...rest,
    https: rest.https ?? false,
    httpPort: rest.httpPort ?? 0,
    httpsPort: rest.httpsPort ?? 0,
  });
  const { state: seeded, located } =
    seed === undefined
      ? { state: freshState(settings), located: inMemory }
      : await seededState(seed, settings);
  let keep = nothing;
  const panel = createPanel({
    settings,
    seed: seeded,
    clock: new ControlledClock(below),
    ids: ids ?? idsFrom(settings),
    log,
    changed: () => {
      keep();
    },
  });
  if (seeded.packets.length > 0) await inFile(located, () => replay(seeded.packets, panel));
  const closing = new AbortController();
  const control = createControl(panel, closing.signal);
  const store = settings.state === undefined ? undefined : await openStore(settings.state, panel);
  if (store !== undefined)
    keep = () => {
      store.changed();
    };
  let isReady = false;
  const { app, ca, ports } = await openDoors(control, { isListening, isUnref }, () => isReady).catch(
    async (error: unknown) => {
      await store?.close().catch(() => undefined);
      throw error;
    },
  );
  isReady = true;

  const close = async (): Promise<void> => {
    closing.abort();
    if (ports !== undefined) await closePorts(ports);
    await store?.close();
    // Imported only where it is needed: most emulators only record.
    if (settings.unexpected === 'fail') (await import('./control/unexpected.ts')).checkExpected(control, 0);
  };
  const methods = localControl(control);
  return {
    ...methods,
    get url() {
      if (ports === undefined) throw new Error('this emulator was started with listen: false and has no URL');
      return `http://${inUrl(reachableHost(settings.host))}:${ports.plain.port}`;
    },
    get httpsUrl() {
      if (ports?.secure === undefined)
        throw new Error(
          'this emulator has no port for HTTPS; start it with https: true, and not with listen: false',
        );
      return `https://${inUrl(reachableHost(settings.host))}:${ports.secure.port}`;
    },
    ca,
    get admin() {
      const admin = panel.accounts.byLogin(ADMIN);
      if (admin === undefined) throw new Error('there is always an administrator');
      return { login: admin.login, password: admin.password.reveal() };
    },
    get release() {
      return panel.release;
    },
    app,
    close,
    [Symbol.asyncDispose]: close,
  };
}

const idsFrom = ({ idSeed }: Settings): Ids => (idSeed === undefined ? randomIds : new SeededIds(idSeed));

/** Imported only where it is wanted, as zod is. */
/** What a seed gives, and how its mistakes are told. */
interface Seeded {
  readonly state: SeedState;
  readonly located: SeedFile['located'];
}

async function seededState(seed: SeedInput | string, settings: Settings): Promise<Seeded> {
  const { seedState } = await import('./state/seed/seed.ts');
  const { value, located } =
    typeof seed === 'string' ? await readSeed(seed) : { value: seed, located: inMemory };
  return { state: await inFile(located, () => seedState(value, settings)), located };
}

/** A seed that is in no file has no lines. */
const inMemory: Seeded['located'] = (mistakes) => Promise.resolve(mistakes);

/** Does what may find mistakes in a seed, and says in which file and line they are. */
async function inFile<T>(located: Seeded['located'], work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof SeedError ? new SeedError(await located(error.mistakes)) : error;
  }
}

async function replay(packets: readonly string[], panel: Panel): Promise<void> {
  const { replayPackets } = await import('./seed-packets.ts');
  replayPackets(packets, panel);
}

/** Imported only where it is wanted, as lowdb is. */
async function openStore(file: string, panel: Panel): Promise<Store> {
  const { openStore: open } = await import('./state/file/store.ts');
  return open(file, panel);
}

function nothing(): void {
  // There is no file to keep.
}
