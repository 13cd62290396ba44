import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Link, Step } from '../../src/links/link.ts';
import { claim, claimReplacement, commit, release, revoke } from '../../src/links/link.ts';
import { createMemoryStore } from '../../src/links/memory-store.ts';
import type { Claimed, LinkStore } from '../../src/links/store.ts';
import type { Action } from '../support/link-actions.ts';
import { actions, OPENER, play, pureMachine, STORY } from '../support/link-actions.ts';
import { clockedStore, newLink, redisStore, watch } from '../support/link-stores.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';

const missing = whyNoRedis() !== undefined;
it('the memory store does what the rules say', async () => {
  await fc.assert(
    fc.asyncProperty(STORY, async (steps) => {
      const [clock, other] = [watch(), watch()];

      const answers = await play(steps, createMemoryStore({ clock }), clock);

      expect(answers).toStrictEqual(await play(steps, pureMachine(other), other));
    }),
    { numRuns: 100 },
  );
});

it.skipIf(missing)('the scripts of the Redis store do what the rules say', { timeout: 60_000 }, async () => {
  const { client } = await startRedis();
  let run = 0;
  await fc.assert(
    fc.asyncProperty(STORY, async (steps) => {
      const [clock, other] = [watch(), watch()];
      run += 1;

      const answers = await play(steps, clockedStore(client, clock, `${run}{psso}`), clock);

      expect(answers).toStrictEqual(await play(steps, pureMachine(other), other));
    }),
    { numRuns: 40 },
  );
});

it.skipIf(missing)(
  "the Redis store does what the rules say by the server's clock",
  { timeout: 60_000 },
  async () => {
    const server = await startRedis();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(actions([1, 2, 3, 10_000], fc.nat(3)), async (steps) => {
        run += 1;
        const store = await redisStore(server, { prefix: String(run) });
        await follow(steps, store, (ms) => server.now().then((now) => server.until(now + ms)));
        await store.close();
      }),
      { numRuns: 20 },
    );
  },
);

/** Does what is to be done with one link of 15 ms, and holds each answer against the pure step at the instant it names. */
async function follow(
  steps: readonly Action[],
  store: LinkStore,
  pass: (ms: number) => Promise<void>,
): Promise<void> {
  const { id } = newLink(1);
  await store.issue(newLink(1, { ttlMs: 15 }));
  const fences = [0, 0];
  for (const step of steps) {
    if (step.kind === 'pass') {
      await pass(step.ms);
      continue;
    }
    const before = await known(store.findById(id));
    const after = (pure: (link: Link, now: number) => Step, { now, link, isDone }: Claimed): void => {
      expect({ link, isDone }).toStrictEqual(pure(before.link, now));
    };
    if (step.kind === 'claim') {
      const claimed = await known(store.claim(id, step.leaseMs));
      after((link, now) => claim(link, now, step.leaseMs), claimed);
      if (claimed.isDone) fences[step.worker] = claimed.link.fence;
    } else if (step.kind === 'replace') {
      const claimed = await known(store.claimReplacement(id, step.opener, step.leaseMs));
      after((link, now) => claimReplacement(link, step.opener, now, step.leaseMs), claimed);
      if (claimed.isDone) fences[step.worker] = claimed.link.fence;
    } else if (step.kind === 'revoke') {
      after(revoke, await known(store.revoke(id)));
    } else {
      const fence = fences[step.worker] ?? 0;
      if (step.kind === 'release')
        after(
          (link, now) => release(link, fence, step.attempt, now),
          await known(store.release(id, fence, step.attempt)),
        );
      else await commits(store, before, fence);
    }
  }
}

/** A commit does not say when it was: it was between the look before it and the one behind it. */
async function commits(
  store: LinkStore,
  before: Pick<Claimed, 'link' | 'now'>,
  fence: number,
): Promise<void> {
  const isDone = await store.commit(before.link.id, fence, 'sealed', OPENER);
  const behind = await known(store.findById(before.link.id));
  const instants = [before.now, behind.link.openedAt ?? before.now, behind.now];
  const possible = instants.map((now) => commit(before.link, fence, 'sealed', now, OPENER));
  expect(possible).toContainEqual({ link: behind.link, isDone });
}

async function known<T>(answer: Promise<T | undefined>): Promise<T> {
  const found = await answer;
  if (found === undefined) throw new Error('the link is not known');
  return found;
}
