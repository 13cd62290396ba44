import { Low } from 'lowdb';
import { randomIds } from '../../../base/ids.ts';
import { SETTINGS } from '../../settings.ts';
import { credentialMistakes } from '../credential-rules.ts';
import type { Panel } from '../panel.ts';
import { accountsAt } from '../seed-state.ts';
import { StateError } from './state-error.ts';
import { StateFile } from './state-file.ts';
import type { State } from './stored.ts';
import { WriteBehind } from './write-behind.ts';

/** Keeps a panel's accounts, keys and settings in a file. */
export interface Store {
  /** To be called on every change of what is kept; it is written a little later. */
  changed(): void;
  /** Writes what is not written yet, or rejects with an Error that says why it is lost. What changes later is not kept. */
  close(): Promise<void>;
}

/**
 * Takes what the file holds in the place of the panel's seed, or makes the file where there is none. A file that
 * cannot be used, and a place that cannot be written, throw a StateError; the file is left as it is.
 */
export async function openStore(path: string, panel: Panel): Promise<Store> {
  const file = await StateFile.at(path, randomIds.hex32().slice(0, 8));
  const absent: State = { server: panel.server.now, secretKeys: [], accounts: [] };
  const db = new Low<State>(file, absent);
  const write = async (): Promise<void> => {
    const { state, close } = instantOf(panel);
    db.data = state;
    await db.write().finally(close);
  };
  await db.read();
  await file.tidy();
  if (db.data === absent) await write();
  else {
    checkCredentials(path, db.data, panel);
    put(db.data, panel);
  }
  db.data = absent;
  const behind = new WriteBehind(reporting(panel, write), () => PAUSE + panel.accounts.size / 100);
  return {
    changed: () => {
      behind.changed();
    },
    close: () =>
      behind.close().catch((error: unknown) => {
        throw new Error(`the last changes of the state are lost, ${reasonOf(error)}`, { cause: error });
      }),
  };
}

/** Whether the accounts of a file have logins and passwords that the settings accept. */
function checkCredentials(path: string, { accounts }: State, { settings }: Panel): void {
  const mistakes = [...accounts].flatMap(({ login, password, role }, index) =>
    credentialMistakes({ login, password: password.reveal(), role }, settings).map(
      (mistake) => `accounts.${index}.${mistake}`,
    ),
  );
  if (mistakes.length > 0) throw new StateError(path, mistakes);
}

const reasonOf = (error: unknown): string =>
  error instanceof StateError ? `${error.file}: ${error.mistakes.join('; ')}` : String(error);

/** In milliseconds. It grows with the file, so that a large one is not written all the time. */
const PAUSE = 100;

/** What the panel has now, whatever becomes of it while it is written; nothing is copied for it. */
function instantOf({ server, secretKeys, accounts }: Panel): {
  readonly state: State;
  readonly close: () => void;
} {
  const [keysNow, accountsNow] = [secretKeys.instant(), accounts.instant()];
  return {
    state: { server: server.now, secretKeys: keysNow.values(), accounts: accountsNow.values() },
    close: () => {
      keysNow.close();
      accountsNow.close();
    },
  };
}

function put(state: State, { server, secretKeys, accounts, settings, clock, log }: Panel): void {
  const { loginTimeout } = state.server;
  const isGiven = settings.loginTimeout !== SETTINGS.loginTimeout.standard;
  if (isGiven && settings.loginTimeout !== loginTimeout) {
    const message = `loginTimeout ${settings.loginTimeout} is not used: the state file has ${loginTimeout} minutes`;
    log.warn({}, `${message}; server/set changes that`);
  }
  accounts.replaceAll(accountsAt([...state.accounts], clock.now()));
  secretKeys.replaceAll([...state.secretKeys]);
  server.change(state.server);
}

/** Says once in the log, or on standard error where there is none, that the state is not kept, and when it is again. */
function reporting({ log }: Panel, write: () => Promise<void>): () => Promise<void> {
  let said: string | undefined;
  return async () => {
    try {
      await write();
      if (said !== undefined) log.info({}, 'the state is kept again');
      said = undefined;
    } catch (error) {
      const message = `the state is not kept, ${reasonOf(error)}`;
      if (message === said) throw error;
      said = message;
      if (log.isOn) log.error({ err: error }, message);
      else process.stderr.write(`plesk-emulator: ${message}\n`);
      throw error;
    }
  };
}
