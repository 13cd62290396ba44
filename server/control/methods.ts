import { ControlError } from './control-error.ts';
import type { Entry } from './entry.ts';
import type { FaultInput } from './fault-types.ts';
import type { AccountInput, Call, EmulatorControl, Instant } from './interface.ts';
import { fieldsOf } from './wanted.ts';

/** The methods of an emulator's control, over whatever does its calls. */
export function controlMethods(call: Call): EmulatorControl {
  // A call answers what its definition says; the tests hold both against each other.
  const ask = async <T>(name: Parameters<Call>[0], input: object = {}): Promise<T> => {
    checkPlain(input, '');
    return (await call(name, input)) as T;
  };
  const find: EmulatorControl['journal']['find'] = (wanted = {}) => ask('journal.find', fieldsOf(wanted));
  return {
    accounts: {
      list: (wanted = {}) => ask('accounts.list', wanted),
      get: (account) => ask('accounts.get', { account }),
      add: (account: AccountInput) => ask('accounts.add', account),
      change: (account, change) => ask('accounts.change', { ...change, account }),
      suspend: (account) => ask('accounts.suspend', { account }),
      activate: (account) => ask('accounts.activate', { account }),
      remove: (account) => ask('accounts.remove', { account }),
    },
    secretKeys: {
      list: (page = {}) => ask('secretKeys.list', page),
      add: (key = {}) => ask('secretKeys.add', key),
      remove: (id) => ask('secretKeys.remove', { id }),
    },
    settings: {
      get: () => ask('settings.get'),
      set: (settings) => ask('settings.set', settings),
    },
    sessions: {
      list: (page = {}) => ask('sessions.list', page),
      expire: (id) => ask('sessions.expire', { id }),
      end: (id) => ask('sessions.end', { id }),
    },
    journal: {
      find,
      packets: async (wanted) =>
        (await find(wanted)).filter(
          (entry): entry is Extract<Entry, { kind: 'packet' }> => entry.kind === 'packet',
        ),
      count: (wanted = {}) => ask('journal.count', fieldsOf(wanted)),
      counts: (wanted = {}) => ask('journal.counts', wanted),
      waitFor: (wanted, options = {}) => ask('journal.waitFor', { ...fieldsOf(wanted), ...options }),
      clear: () => ask('journal.clear'),
    },
    faults: {
      list: (page = {}) => ask('faults.list', page),
      add: (fault: FaultInput) => ask('faults.add', fault),
      remove: (id) => ask('faults.remove', { id }),
      clear: () => ask('faults.clear'),
    },
    clock: {
      get: () => ask('clock.get'),
      freeze: (at) => ask('clock.freeze', at === undefined ? {} : { at: plainInstant(at) }),
      set: (at) => ask('clock.set', { at: plainInstant(at) }),
      advance: (by) => ask('clock.advance', { by }),
      run: () => ask('clock.run'),
    },
    snapshots: {
      list: async () => (await ask<{ readonly names: readonly string[] }>('snapshots.list')).names,
      remove: (name) => ask('snapshots.remove', { name }),
    },
    snapshot: (name) => ask('snapshot', { name }),
    restore: (name) => ask('restore', { name }),
    mark: () => ask('mark'),
    rollback: () => ask('rollback'),
    seed: (seed) => ask('seed', seed),
    reset: () => ask('reset'),
    explain: (token) => ask('explain', { token }),
    unexpected: (page = {}) => ask('unexpected', page),
    verify: () => ask('verify'),
  };
}

const plainInstant = (at: Instant): number | string => (at instanceof Date ? at.getTime() : at);

/** Whoever writes JavaScript may give anything: what JSON cannot carry would be lost without a word. */
function checkPlain(value: unknown, at: string): void {
  const where = at === '' ? 'the input' : at;
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint')
    throw new ControlError(400, [
      `${where}: a ${typeof value} cannot be sent; give texts, numbers, true, false, null, lists and objects of these`,
    ]);
  if (typeof value !== 'object' || value === null) {
    if (at === '') throw new ControlError(400, [`the input is ${String(value)}, and has to be an object`]);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null)
    throw new ControlError(400, [
      `${where}: it is an object of a class of its own, which cannot be sent or compared; give plain values`,
    ]);
  for (const [name, inner] of Object.entries(value)) checkPlain(inner, at === '' ? name : `${at}.${name}`);
}
