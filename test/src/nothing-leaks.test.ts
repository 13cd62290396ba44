import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import {
  make,
  metricsOf,
  playDirectory,
  playLinks,
  playRefusals,
  playTheEnd,
  playTroubles,
  playVisits,
} from '../support/broad-run.ts';
import type { LeakWorld } from '../support/leak-world.ts';
import { startLeakWorld } from '../support/leak-world.ts';
import type { RedisServer } from '../support/redis.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';

const TIMEOUT = 240_000;
const missing = whyNoRedis();
const because = missing === undefined ? '' : ` (skipped: ${missing})`;

it(
  'shows no secret in what it writes, prints, counts and answers, with links in memory',
  { timeout: TIMEOUT },
  async () => {
    const world = await startLeakWorld({ log: 'pretty', store: 'memory' });
    await play(world);
    await finish(world);
    expect(leaksOf(world)).toEqual([]);
  },
);

it.skipIf(missing !== undefined)(
  `shows no secret in what it writes, prints, counts, answers and keeps, with links in Redis${because}`,
  { timeout: TIMEOUT },
  async () => {
    const password = `redis-${randomUUID()}`;
    const redis = await startRedis('--requirepass', password);
    const world = await startLeakWorld({
      log: 'json',
      store: `redis://:${password}@127.0.0.1:${redis.port}`,
    });
    world.secrets.add('the password of Redis', password);
    await play(world);
    const kept = await dumpOf(redis, password);
    expect(kept.length).toBeGreaterThan(100);
    world.heard.push(
      ...kept.map(([name, value]) => ({ where: `Redis at ${name}`, text: `${name} ${value}` })),
    );

    await redis.kill();
    for (const path of ['/readyz', '/sign-in?sso_token=x']) await world.visit(path);
    await world.api('Clients/CreateClientSsoToken', { user_id: 18 });
    await finish(world);

    expect(world.codes).toContain('store_unavailable');
    expect(leaksOf(world)).toEqual([]);
  },
);

/** Plays all there is, and checks that it was. */
async function play(world: LeakWorld): Promise<void> {
  const { secrets, plesk, faulty } = world;
  await playRefusals(world);
  await playLinks(world);
  const last = await make(world);
  await playVisits(world);
  await playTroubles(world);
  await playDirectory(world);
  await playCommands(world);
  await playTheEnd(world, last);
  for (const { id } of [...(await plesk.sessions.list()), ...(await faulty.sessions.list())])
    secrets.add('a session that was made', id);
  await metricsOf(world);
  expect(world.heard.length).toBeGreaterThan(300);
}

async function playCommands({ command, secrets, keys, known, directory }: LeakWorld): Promise<void> {
  expect(await command(['keys', 'add', 'extra'])).toMatch(/^psso_key_[\w-]{49}\n$/);
  for (const what of ['keys', 'users', 'servers']) {
    await command([what, 'list']);
    await command([what, 'list', '--json']);
  }
  await command(['servers', 'check', '--public-url', 'https://127.0.0.1']);
  await command(['servers', 'set', 'plesk-2', '--secret-key', known.key]);
  await command(['servers', 'set', 'plesk-3', '--login', 'admin', '--seal'], `${known.password}\0\n`);
  await command(['keys', 'revoke', 'extra']);
  const short = `short-${randomUUID().slice(0, 12)}`;
  secrets.add('a pepper that is too short', short);
  const password = `redis-${randomUUID()}`;
  secrets.add('the password of a Redis that is not there', password);
  const serve = [
    'serve',
    '--public-url',
    'https://sso.example.com',
    '--client-area-url',
    'https://b.example.com',
  ];
  await command([...serve, '--pepper-keys', short, '--store', `redis://:${password}@host/x/y`]);
  await command([...serve, '--directory', `${directory}-none`, '--store', `redis://:${password}@[`]);
  expect(keys.main).not.toBe('');
}

/** Ends the service, and hears what it has printed and written. */
async function finish({ program, heard, codes, auditFile, directory, secrets }: LeakWorld): Promise<void> {
  program.kill('SIGTERM');
  const { code, stdout, stderr } = await program.ended;
  const audit = auditFile();
  heard.push({ where: 'standard output', text: stdout }, { where: 'standard error', text: stderr });
  heard.push(
    { where: 'the audit file', text: audit },
    { where: 'the directory', text: readFileSync(directory, 'utf8') },
  );
  expect(code).toBe(0);
  const outcomes = [...audit.matchAll(/"outcome":"(\w+)"/g)].map(([, outcome = '']) => outcome);
  expect([...codes, ...outcomes]).toEqual(expect.arrayContaining([...CODES]));
  expect(audit.split('\n').length).toBeGreaterThan(150);
  expect(stdout.split('\n').length).toBeGreaterThan(150);
  // All the same: of nothing there is nothing to be found.
  expect(secrets.leaksIn('')).toEqual([]);
}

const leaksOf = ({ heard, secrets }: LeakWorld): readonly string[] => [
  ...new Set(heard.flatMap(({ where, text }) => secrets.leaksIn(text).map((leak) => `${where}: ${leak}`))),
];

/** All keys of a Redis with all that is in them. */
async function dumpOf(
  { port }: RedisServer,
  password: string,
): Promise<readonly (readonly [string, string])[]> {
  const client = new Redis({ host: '127.0.0.1', port, password });
  onTestFinished(() => {
    client.disconnect();
  });
  const dump: [string, string][] = [];
  for (const key of await client.keys('*')) {
    const type = await client.type(key);
    const value =
      type === 'hash'
        ? await client.hgetall(key)
        : type === 'zset'
          ? await client.zrange(key, '0', '-1')
          : await client.get(key);
    dump.push([key, JSON.stringify(value)]);
  }
  return dump;
}

/** What was answered in the run, or it would not be broad. */
const CODES: readonly string[] = `
  action_not_found action_not_permitted apikey_invalid apikey_missing body_required client_ip_invalid csrf_failed
  destination_invalid destination_unknown destination_url_not_allowed destination_values_invalid
  idempotency_conflict idempotency_key_invalid ip_mismatch ip_not_allowed locale_invalid malformed_json
  method_not_allowed mode_invalid not_found payload_too_large plesk_account_not_mapped plesk_api_forbidden
  plesk_auth_failed plesk_bad_response plesk_permission_denied plesk_timeout plesk_tls_error plesk_unreachable
  plesk_user_not_found prefetch_refused rate_limited redirect_not_allowed_by_plesk role_not_permitted
  service_id_invalid service_id_required sso_disabled_by_user successful token_exhausted token_expired
  token_malformed token_missing token_or_id_required token_revoked token_unknown token_used unknown_field
  unsupported_media_type user_id_invalid user_id_required user_inactive user_not_found`
  .trim()
  .split(/\s+/);
