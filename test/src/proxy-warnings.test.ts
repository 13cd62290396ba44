import { expect, it } from 'vitest';
import type { Wait } from '../../src/links/suspended-sessions.ts';
import { startSeen } from '../support/seen-service.ts';

const [PROXY, SECOND, VISITOR] = ['10.0.0.1', '192.0.2.99', '203.0.113.5'];

/** What the log says of proxies. */
const warningsIn = (lines: readonly string[]): readonly unknown[] =>
  lines.flatMap((line) => {
    const { proxy, mistake, msg } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    return proxy === undefined ? [] : [{ proxy, mistake, msg }];
  });

it.each<readonly [what: string, trusted: readonly string[], headers: object, warned: object]>([
  ['a proxy without trustedProxies', [], { 'X-Forwarded-For': VISITOR }, { mistake: 'not_trusted' }],
  ['another proxy', [SECOND], { 'X-Forwarded-For': VISITOR }, { mistake: 'not_trusted' }],
  [
    'a proxy before a trusted one',
    [PROXY],
    { 'X-Forwarded-For': `${VISITOR}, ${SECOND}` },
    { mistake: 'not_trusted', proxy: SECOND },
  ],
  ['a trusted proxy without the header', [PROXY], {}, { mistake: 'no_address' }],
  ['a trusted proxy with another header', [PROXY], { 'X-Real-IP': VISITOR }, { mistake: 'no_address' }],
  [
    'a trusted proxy without an address',
    [PROXY],
    { 'X-Forwarded-For': 'unknown' },
    { mistake: 'no_address' },
  ],
  ['trusted proxies alone', [PROXY], { 'X-Forwarded-For': PROXY }, { mistake: 'no_address' }],
])('warns of %s once a minute', async (_what, trusted, headers, warned) => {
  let endMinute = (): void => undefined;
  const wait: Wait = () => new Promise((resolve) => (endMinute = resolve));
  const { visitFrom, link, lines } = await startSeen({ trustedProxies: [...trusted], wait });
  const visit = async (): Promise<unknown> => visitFrom(PROXY, await link(), { headers: { ...headers } });

  await visit();
  await visit();
  const warnings = warningsIn(lines);
  expect(warnings).toMatchObject([{ proxy: PROXY, ...warned }]);
  expect(warnings).toMatchObject([{ msg: expect.stringContaining('trustedProxies') as string }]);

  endMinute();
  await visit();
  expect(warningsIn(lines)).toHaveLength(2);
});

it('warns neither of visitors and proxies as they should be, nor of probes and an API call without proxy', async () => {
  const { visitFrom, link, lines } = await startSeen({ trustedProxies: [PROXY] });

  await visitFrom(VISITOR, await link());
  await visitFrom(PROXY, await link(), { headers: { 'X-Forwarded-For': VISITOR } });
  await visitFrom(PROXY, '/readyz');
  await visitFrom(VISITOR, '/healthz', { headers: { 'X-Forwarded-For': VISITOR } });
  await visitFrom(PROXY, '/api/Clients/CreateClientSsoToken');

  expect(warningsIn(lines)).toEqual([]);
});

it('bounds the lines that visitors cause with a made-up header', async () => {
  const { visitFrom, lines } = await startSeen();
  for (let host = 1; host <= 30; host += 1)
    await visitFrom(`198.51.100.${host}`, '/sign-in', { headers: { 'X-Forwarded-For': VISITOR } });

  expect(warningsIn(lines)).toHaveLength(20);
});
