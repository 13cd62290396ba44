import { describe, expect, it } from 'vitest';
import { browse } from '../support/browse.ts';
import type { HeldWorld, Visitor } from '../support/openings.ts';
import { getsIn, outcomeOf, startHeld, visit } from '../support/openings.ts';

/** The ways in which a browser leaves while Plesk is slow. */
const LEAVES = [
  { way: 'is destroyed', leave: ({ socket }: Visitor) => void socket.destroy() },
  {
    way: 'is reset',
    leave: ({ reset }: Visitor) => {
      reset();
    },
  },
  { way: 'is half-closed', leave: ({ socket }: Visitor) => void socket.end() },
] as const;
const WAYS = (['http', 'https'] as const).flatMap((scheme) => LEAVES.map((leave) => ({ scheme, ...leave })));

/** The first of two clicks: it holds the claim, and Plesk has made its session and not answered yet. */
async function click({
  held,
  link,
  front,
}: HeldWorld): Promise<{ readonly here: string; readonly first: Visitor }> {
  const here = await link();
  held.hold();
  const first = await visit(here, front.trust);
  await held.waiting(1);
  held.pass();
  return { here, first };
}

describe.each(WAYS)('a double click over $scheme, whose first connection $way', ({ scheme, leave }) => {
  it('lets the second in, once, and ends the session of the first', async () => {
    const world = await startHeld({}, scheme);
    const { plesk, held, front, audit } = world;
    const { here, first } = await click(world);
    leave(first);
    await front.left(1);
    const second = browse(here, front.trust);
    await front.came(2);
    expect(held.made).toHaveLength(1);

    held.letGo();

    const page = await second;
    expect(outcomeOf(page)).toBe('303');
    expect(await getsIn(page)).toBe(true);
    expect(await first.got).not.toContain('Location');
    expect(held.made).toHaveLength(2);
    expect(page.location).toContain(`PLESKSESSID=${held.made[1] ?? ''}`);
    await expect.poll(() => held.ended).toEqual([held.made[0]]);
    expect(await plesk.sessions.list()).toMatchObject([{ id: held.made[1] }]);
    expect(audit.map(({ event, outcome }) => `${event} ${outcome}`).sort()).toEqual([
      'issued successful',
      'opened successful',
      'refused token_in_use',
    ]);
    expect(outcomeOf(await browse(here, front.trust))).toBe('410 token_used');
  });

  it('lets the second in that clicked before the first left', async () => {
    const world = await startHeld({}, scheme);
    const { held, front } = world;
    const { here, first } = await click(world);
    const second = browse(here, front.trust);
    await front.came(2);
    leave(first);
    await front.left(1);

    held.letGo();

    expect(outcomeOf(await second)).toBe('303');
    expect(held.made).toHaveLength(2);
    await expect.poll(() => held.ended).toEqual([held.made[0]]);
  });
});

it('counts no attempt of browsers that left, so the link still works after ten of them', async () => {
  const { plesk, held, front, link } = await startHeld();
  const here = await link();
  for (let time = 1; time <= 10; time++) {
    held.hold();
    const { socket } = await visit(here);
    await held.waiting(1);
    socket.destroy();
    await front.left(time);
    held.letGo();
    await expect.poll(() => held.ended).toHaveLength(time);
  }
  held.pass();

  const page = await browse(here);

  expect(outcomeOf(page)).toBe('303');
  expect(await plesk.sessions.list()).toMatchObject([{ id: held.made[10] }]);
});

it('asks Plesk for nothing on behalf of a browser that left while it waited', async () => {
  const world = await startHeld({ claimWaitMs: 60_000 });
  const { held, front } = world;
  const { here, first } = await click(world);
  const second = await visit(here);
  await front.came(2);
  first.socket.destroy();
  second.socket.destroy();
  await front.left(2);

  held.letGo();

  await expect.poll(() => held.ended).toEqual([held.made[0]]);
  expect(outcomeOf(await browse(here))).toBe('303');
  expect(held.made).toHaveLength(2);
});

describe('a revocation while the claim is held', () => {
  it.each(['token', 'user_id'] as const)('by %s sends nobody in and ends the session', async (by) => {
    const world = await startHeld();
    const { plesk, held, call, audit } = world;
    const here = await world.link();
    held.hold();
    const opening = browse(here);
    await held.waiting(1);
    const token = new URL(here).searchParams.get('sso_token');

    const { body } = await call('Clients/RevokeClientSsoToken', { [by]: by === 'token' ? token : 18 });
    held.letGo();

    expect(body).toMatchObject({ status: 'successful', data: { revoked: 1 } });
    const page = await opening;
    expect(outcomeOf(page)).toBe('410 token_revoked');
    expect(page.location).toBeUndefined();
    expect(held.ended).toEqual(held.made);
    expect(await plesk.sessions.list()).toEqual([]);
    expect(audit.map(({ event, outcome }) => `${event} ${outcome}`)).toEqual([
      'issued successful',
      'revoked successful',
      'refused token_revoked',
    ]);
    expect(outcomeOf(await browse(here))).toBe('410 token_revoked');
    expect(held.made).toHaveLength(1);
  });

  it('ends the wait of a second opening with token_revoked', async () => {
    const world = await startHeld();
    const { held, front, call } = world;
    const here = await world.link();
    held.hold();
    const openings = [browse(here), browse(here)];
    await held.waiting(1);
    await front.came(2);

    await call('Clients/RevokeClientSsoToken', { user_id: 18 });
    held.letGo();

    const outcomes = (await Promise.all(openings)).map(outcomeOf);
    expect(outcomes).toEqual(['410 token_revoked', '410 token_revoked']);
    expect(held.made).toHaveLength(1);
  });
});
