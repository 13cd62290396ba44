import { expect, it } from 'vitest';
import type { Wait } from '../../src/links/suspended-sessions.ts';
import { browse } from '../support/browse.ts';
import type { ApiAnswer, StartedService } from '../support/service.ts';
import { startBoth } from '../support/service.ts';

const CREATE = 'Clients/CreateClientSsoToken';
const WRONG = { Apikey: 'psso_key_unknown' };

/** A wait that ends when the test says so. */
function heldWait(): { readonly wait: Wait; readonly endMinute: () => void } {
  const waiting: (() => void)[] = [];
  return {
    wait: () => new Promise((resolve) => waiting.push(resolve)),
    endMinute: () => {
      for (const end of waiting.splice(0)) end();
    },
  };
}

const statusesOf = async (
  { call }: StartedService,
  times: number,
  headers: Readonly<Record<string, string>>,
): Promise<readonly number[]> => {
  const answers: ApiAnswer[] = [];
  for (let count = 0; count < times; count += 1) answers.push(await call(CREATE, { user_id: 18 }, headers));
  return answers.map(({ status }) => status);
};

it('refuses wrong API keys beyond the limit of an address, in one line a minute, and no valid key', async () => {
  const { wait, endMinute } = heldWait();
  const started = await startBoth({}, { wrongKeyLimit: 2, wait });
  const { audit, lines, service } = started;

  expect(await statusesOf(started, 7, WRONG)).toEqual([401, 401, 429, 429, 429, 429, 429]);
  expect(await statusesOf(started, 1, {})).toEqual([200]);

  const outcomes = (): readonly string[] => audit.map(({ outcome }) => outcome);
  expect(outcomes()).toEqual(['apikey_invalid', 'apikey_invalid', 'rate_limited', 'successful']);
  endMinute();
  await expect
    .poll(() => lines.filter((line) => line.includes('4 more requests were refused with rate_limited')))
    .toHaveLength(1);
  expect(await statusesOf(started, 3, { Apikey: '' })).toEqual([401, 401, 429]);
  expect(outcomes().slice(4)).toEqual(['apikey_missing', 'apikey_missing', 'rate_limited']);
  const { body } = await browse(`${service.metricsUrl}/metrics`);
  expect(body).toContain('plesk_sso_events_total{event="refused",outcome="rate_limited"} 6');
});

it('numbers the lines of its audit', async () => {
  const { wait } = heldWait();
  const started = await startBoth({}, { wrongKeyLimit: 1, wait });
  await started.link();
  await statusesOf(started, 4, WRONG);
  await started.link();

  expect(started.audit.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
});

it.each([
  ['Clients/GetClientSsoToken', { getLimit: 2 }],
  ['Clients/RevokeClientSsoToken', { revokeLimit: 2 }],
])('limits %s for each key', async (action, limit) => {
  const { call } = await startBoth({}, limit);
  const id = '0'.repeat(32);

  const answers = [await call(action, { id }), await call(action, { id }), await call(action, { id })];

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 429]);
  expect(answers[2]?.headers.get('retry-after')).toMatch(/^\d+$/);
  expect((await call(CREATE, { user_id: 18 })).status).toBe(200);
});
