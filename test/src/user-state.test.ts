import { describe, expect, it, onTestFinished } from 'vitest';
import { digestOf } from '../../base/secret.ts';
import { startEmulator } from '../../server/emulator.ts';
import { browse } from '../support/browse.ts';
import type { HeldPlesk } from '../support/held-plesk.ts';
import { heldEntry, startHeldPlesk } from '../support/held-plesk.ts';
import { outcomeOf } from '../support/openings.ts';
import type { DirectoryFile, StartedService } from '../support/service.ts';
import { API_KEY, directoryOf, startService, writeDirectory } from '../support/service.ts';
import { expectOpens, PERSON } from '../support/trouble.ts';

/** What stands in the directory of these tests, and can be another when a link is opened. */
interface State {
  readonly user?: object;
  readonly account?: object;
  readonly users?: DirectoryFile['users'];
  readonly keys?: DirectoryFile['api_keys'];
}

const CARL = { service_id: 101, server: 'plesk-1', login: 'carl', role: 'customer' };
/** A link can be looked at by another key than the one that asked for it. */
const OTHER_KEY = 'psso_key_of-another-billing-system-for-tests-only';
const OTHER = { id: 'other', name: 'other', sha256: digestOf(OTHER_KEY) };
const BILLING = { id: 'billing', name: 'billing', sha256: digestOf(API_KEY) };

interface World extends StartedService {
  readonly held: HeldPlesk;
  /** Puts the directory into this state, and has the service read it. */
  readonly become: (state: State) => Promise<void>;
}

async function startWorld(): Promise<World> {
  const plesk = await startEmulator({ seed: 'demo' });
  onTestFinished(() => plesk.close());
  const held = await startHeldPlesk(plesk);
  const entry = heldEntry(held, plesk);
  const contentOf = ({ user, account, users, keys }: State): DirectoryFile => ({
    ...directoryOf({ 'plesk-1': entry, 'plesk-2': entry }),
    users: users ?? { '18': { active: true, accounts: [{ ...CARL, ...account }], ...user } },
    api_keys: keys ?? [BILLING, OTHER],
  });
  const started = await startService(contentOf({}));
  const become = async (state: State): Promise<void> => {
    writeDirectory(contentOf(state), started.directory);
    expect(await started.service.reload()).toBe(true);
  };
  return { ...started, held, become };
}

/** What may change between issue and opening, and what the opening is then. */
const CHANGES = [
  { what: 'deactivated', state: { user: { active: false } }, outcome: '403 user_inactive' },
  { what: 'gone', state: { users: {} }, outcome: '403 user_inactive' },
  { what: 'opted out', state: { user: { sso_disabled: true } }, outcome: '403 sso_disabled_by_user' },
  { what: 'without accounts', state: { user: { accounts: [] } }, outcome: '410 token_revoked' },
  {
    what: 'left with another account',
    state: { account: { service_id: 102 } },
    outcome: '410 token_revoked',
  },
  {
    what: 'moved to another server',
    state: { account: { server: 'plesk-2' } },
    outcome: '410 token_revoked',
  },
  {
    what: 'a reseller now',
    state: { account: { role: 'reseller', login: 'rita' } },
    outcome: '403 role_not_permitted',
  },
  { what: 'an administrator now', state: { account: { role: 'admin' } }, outcome: '403 role_not_permitted' },
  {
    what: 'vouched for by a key that was revoked',
    state: { keys: [OTHER] },
    outcome: '410 token_revoked',
  },
] as const;

describe.each(CHANGES)('a user who is $what when the link is opened', ({ state, outcome }) => {
  it('is refused, the link is revoked, and stays so when all is as before', async () => {
    const { held, become, link, call, audit } = await startWorld();
    const here = await link();
    await become(state);

    expect(outcomeOf(await browse(here))).toBe(outcome);

    const token = new URL(here).searchParams.get('sso_token');
    const other = { Apikey: OTHER_KEY };
    const { body } = await call('Clients/GetClientSsoToken', { token }, other);
    expect(body).toMatchObject({ data: { state: 'revoked', opened_at: null } });
    const [{ linkId } = {}, refused] = audit;
    expect(refused).toMatchObject({
      ...{ event: 'revoked', outcome: outcome.slice(4), linkId, userId: 18, address: '127.0.0.1' },
    });
    await become({});
    expect(outcomeOf(await browse(here))).toBe('410 token_revoked');
    expect(held.made).toEqual([]);
    await expectOpens(await link());
  });

  it('is shown a page that offers no other attempt', async () => {
    const { become, link } = await startWorld();
    const here = await link();
    await become(state);

    const page = await browse(here, { headers: PERSON });

    expect(page).toMatchObject({ status: Number(outcome.slice(0, 3)), location: undefined });
    expect(page.body).toContain('Back to the client area</a>');
    expect(page.body).not.toContain('Try again');
  });

  it('is not let in although the claim was taken before', async () => {
    const { held, become, link } = await startWorld();
    const here = await link();
    held.hold();
    const first = browse(here);
    await held.waiting(1);
    await become(state);

    expect(outcomeOf(await browse(here))).toBe(outcome);
    held.letGo();

    expect(outcomeOf(await first)).toBe('410 token_revoked');
    expect(held.ended).toEqual(held.made);
  });
});

it.each([
  { what: 'another login', state: { account: { login: 'cora' } } },
  { what: 'a second account', state: { user: { accounts: [CARL, { ...CARL, service_id: 102 }] } } },
] as const)('a user with $what is let in by an older link', async ({ state }) => {
  const { become, link } = await startWorld();
  const here = await link();
  await become(state);

  await expectOpens(here);
});
