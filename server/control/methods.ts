import type { Entry } from './entry.ts';
import type { FaultInput } from './fault-types.ts';
import type { AccountInput, Call, EmulatorControl, Instant } from './interface.ts';
import { fieldsOf } from './wanted.ts';

/** The methods of an emulator's control, over whatever does its calls. */
export function controlMethods(call: Call): EmulatorControl {
  // A call answers what its definition says; the tests hold both against each other.
  const ask = <T>(name: Parameters<Call>[0], input?: object): Promise<T> => call(name, input) as Promise<T>;
  const find: EmulatorControl['journal']['find'] = (wanted = {}) => ask('journal.find', fieldsOf(wanted));
  return {
    accounts: {
      list: () => ask('accounts.list'),
      get: (account) => ask('accounts.get', { account }),
      add: (account: AccountInput) => ask('accounts.add', account),
      change: (account, change) => ask('accounts.change', { ...change, account }),
      suspend: (account) => ask('accounts.suspend', { account }),
      activate: (account) => ask('accounts.activate', { account }),
      remove: (account) => ask('accounts.remove', { account }),
    },
    secretKeys: {
      list: () => ask('secretKeys.list'),
      add: (key = {}) => ask('secretKeys.add', key),
      remove: (id) => ask('secretKeys.remove', { id }),
    },
    settings: {
      get: () => ask('settings.get'),
      set: (settings) => ask('settings.set', settings),
    },
    sessions: {
      list: () => ask('sessions.list'),
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
      counts: () => ask('journal.counts'),
      waitFor: (wanted, options = {}) => ask('journal.waitFor', { ...fieldsOf(wanted), ...options }),
      clear: () => ask('journal.clear'),
    },
    faults: {
      list: () => ask('faults.list'),
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
    reset: () => ask('reset'),
    explain: (token) => ask('explain', { token }),
    unexpected: () => ask('unexpected'),
    verify: () => ask('verify'),
  };
}

const plainInstant = (at: Instant): number | string => (at instanceof Date ? at.getTime() : at);
