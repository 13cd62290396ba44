/** Every call of the control: its route below `/_emulator`, and what it does. What stands in braces is of the path. */
export const ROUTES = {
  'emulator.get': {
    route: 'GET /emulator',
    says: 'what this emulator is: its release and its administrator',
  },

  'accounts.list': {
    route: 'GET /accounts',
    says: 'all accounts, or those of a role, an owner or an external id, without their passwords',
  },
  'accounts.get': { route: 'GET /accounts/{account}', says: 'one account, by its login' },
  'accounts.add': { route: 'POST /accounts', says: 'adds an administrator, reseller or customer' },
  'accounts.change': { route: 'PATCH /accounts/{account}', says: 'changes what is named of an account' },
  'accounts.suspend': {
    route: 'POST /accounts/{account}/suspend',
    says: "suspends an account; its sessions end, and those of a reseller's customers",
  },
  'accounts.activate': { route: 'POST /accounts/{account}/activate', says: 'activates a suspended account' },
  'accounts.remove': {
    route: 'DELETE /accounts/{account}',
    says: 'removes an account, the customers of a reseller, and their sessions and keys',
  },

  'secretKeys.list': { route: 'GET /secret-keys', says: 'all secret keys, by their ids' },
  'secretKeys.add': { route: 'POST /secret-keys', says: 'adds a secret key, and answers it whole' },
  'secretKeys.remove': { route: 'DELETE /secret-keys/{id}', says: 'removes a secret key' },

  'settings.get': { route: 'GET /settings', says: 'how the emulated Plesk behaves now' },
  'settings.set': {
    route: 'PATCH /settings',
    says: 'changes settings, the release among them; null makes one absent',
  },

  'sessions.list': { route: 'GET /sessions', says: 'the sessions that have not ended' },
  'sessions.expire': {
    route: 'POST /sessions/{id}/expire',
    says: 'lets a session end as if its time were over',
  },
  'sessions.end': { route: 'DELETE /sessions/{id}', says: 'ends a session as an administrator does' },
  explain: { route: 'GET /explain/{token}', says: 'the whole life of one token, in sentences' },

  'journal.find': { route: 'POST /journal/find', says: 'the entries that match, oldest first' },
  'journal.list': {
    route: 'GET /journal',
    says: 'the same, for the simple conditions that a query can hold',
  },
  'journal.count': { route: 'POST /journal/count', says: 'how many entries match' },
  'journal.counts': { route: 'GET /journal/counts', says: 'how often each operation and outcome came' },
  'journal.waitFor': { route: 'POST /journal/wait', says: 'waits for an entry that matches' },
  'journal.clear': { route: 'DELETE /journal', says: 'forgets all entries' },
  unexpected: { route: 'GET /unexpected', says: 'what came and is not emulated, or not read' },
  verify: {
    route: 'POST /verify',
    says: 'fails with 409 where there is such a thing and `unexpected` is `fail`',
  },

  'faults.list': { route: 'GET /faults', says: 'the rules, and how often each fired' },
  'faults.add': { route: 'POST /faults', says: 'adds a rule' },
  'faults.remove': { route: 'DELETE /faults/{id}', says: 'removes a rule' },
  'faults.clear': { route: 'DELETE /faults', says: 'removes all rules' },

  'clock.get': { route: 'GET /clock', says: 'the time' },
  'clock.freeze': { route: 'POST /clock/freeze', says: 'stops the clock, at an instant or where it stands' },
  'clock.set': { route: 'POST /clock/set', says: 'sets the clock' },
  'clock.advance': {
    route: 'POST /clock/advance',
    says: 'moves the clock on; what is over ends in its order',
  },
  'clock.run': { route: 'POST /clock/run', says: 'lets the clock go on from where it stands' },

  'snapshots.list': {
    route: 'GET /snapshots',
    says: 'the names of all snapshots, and how many marks are open',
  },
  snapshot: { route: 'PUT /snapshots/{name}', says: 'keeps everything as it is now under a name' },
  restore: { route: 'POST /snapshots/{name}/restore', says: 'makes everything as it was' },
  'snapshots.remove': { route: 'DELETE /snapshots/{name}', says: 'forgets a snapshot' },
  mark: { route: 'POST /mark', says: 'remembers everything as it is now' },
  rollback: {
    route: 'POST /rollback',
    says: 'makes everything as it was at the latest mark, and forgets the mark',
  },
  seed: {
    route: 'POST /seed',
    says: 'another seed, as if the emulator had been started with it: accounts, secretKeys, server, ipAddresses, disabledLocales, packets',
  },
  reset: { route: 'POST /reset', says: 'back to the seed, without sessions, faults and journal' },
} as const satisfies Record<string, { readonly route: string; readonly says: string }>;

/** The name of a call. */
export type CallName = keyof typeof ROUTES;

/** The method and the path of a call. */
export function routeOf(name: CallName): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = ROUTES[name].route.split(' ');
  return { method, path };
}

/** The fields of an input that stand in the path. */
export const fieldsInPath = (name: CallName): readonly string[] =>
  [...ROUTES[name].route.matchAll(/\{(\w+)\}/g)].map(([, field = '']) => field);
