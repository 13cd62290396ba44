import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { mintToken } from '../../src/links/token.ts';
import type { Page, Visit } from './browse.ts';
import { browse } from './browse.ts';
import type { LeakWorld } from './leak-world.ts';
import { MISBEHAVIOUR_NAMES, PLAIN_MISBEHAVIOUR_NAMES } from './misbehaving.ts';
import { SESSION_ID, sessionAnswer } from './misbehaviours.ts';
import { linkAt } from './openings.ts';
import { PLESK_FAULT_NAMES, PLESK_FAULTS } from './plesk-faults.ts';
import { PREVIEWS } from './user-agents.ts';

const [CREATE, GET, REVOKE] = ['Create', 'Get', 'Revoke'].map((what) => `Clients/${what}ClientSsoToken`) as [
  string,
  string,
  string,
];
const PERSON: Visit = { headers: { Accept: 'text/html' } };

/** A link of user 18, with its token. */
export interface Made {
  readonly id: string;
  readonly url: string;
  readonly token: string;
}

/** Has a link made for user 18; fails where there is none. */
export async function make(
  world: LeakWorld,
  body: object = {},
  headers: Visit['headers'] = {},
): Promise<Made> {
  const page = await world.api(CREATE, { user_id: 18, ...body }, { headers });
  if (page.status !== 200) throw new Error(`no link: ${page.body}`);
  return (JSON.parse(page.body) as { readonly data: Made }).data;
}

/** Has all refused that the API refuses, with secrets where they do not belong. */
export async function playRefusals(world: LeakWorld): Promise<void> {
  const { api, keys, secrets } = world;
  const { token } = await make(world);
  const mistyped = `${keys.main.slice(0, -1)}x`;
  secrets.add('a mistyped API key', mistyped);
  for (const key of ['', mistyped, keys.unknown, keys.bound, keys.narrow, keys.expired])
    await api(CREATE, { user_id: 18 }, { headers: { Apikey: key } });
  await api(CREATE, { user_id: 18 }, { headers: { Apikey: '', Authorization: `Bearer ${keys.main}` } });
  for (const user_id of [19, 20, 21, 22, 23, 99, 0, keys.main, undefined]) await api(CREATE, { user_id });
  const bodies: readonly unknown[] = [
    ...[`{"token":"${token}`, '[]', ' '.repeat(17_000), { user_id: 18, password: keys.main }],
    ...[{ destination: `https://evil.example/?t=${token}` }, { destination: token }, { destination: 1 }],
    ...[{ destination: `//${token}` }, { destination: 'ac-ps-product', destination_values: [token] }],
    ...[{ mode: token }, { locale: token }, { client_ip: token }, { service_id: token }, { service_id: 999 }],
    ...[{ service_id: 104, destination: 'ac-ps-products' }],
  ];
  for (const body of bodies)
    await api(CREATE, typeof body === 'object' && !Array.isArray(body) ? { user_id: 18, ...body } : body);
  await api(`${CREATE}/${token}`, {});
  await api(CREATE, '{}', { headers: { 'Content-Type': 'text/plain' } });
  await api(CREATE, '{}', { method: 'PUT' });
  await api(CREATE, { user_id: 18 }, { headers: { 'Idempotency-Key': 'short' } });
  for (const action of [GET, REVOKE]) {
    await api(action, {});
    for (const name of [`${token}A`, mintToken({ hex32: () => '1'.repeat(32) })])
      await api(action, { token: name });
    await api(action, { id: '0'.repeat(32) });
  }
}

/** Makes, asks for, repeats, opens, opens again and revokes links in every way. */
export async function playLinks(world: LeakWorld): Promise<void> {
  const { api, visit } = world;
  for (const service_id of [101, 102, 103]) {
    const body = { service_id, destination: 'ac-ps-products', locale: 'de-DE', client_ip: '127.0.0.0/8' };
    const repeat = { 'Idempotency-Key': randomUUID() };
    const link = await make(world, body, repeat);
    expect(await make(world, body, repeat)).toEqual(link);
    await api(CREATE, { user_id: 18 }, { headers: repeat });
    await api(GET, { token: link.token });
    expect((await visit(link.url)).status).toBe(303);
    await visit(link.url);
    await visit(link.url, PERSON);
    await api(GET, { id: link.id });
    await api(REVOKE, service_id === 101 ? { token: link.token } : { id: link.id });
  }
  const revoked = await make(world);
  await api(REVOKE, { token: revoked.token });
  await visit(revoked.url, PERSON);
  for (let count = 0; count < 3; count++) await make(world);
  await visit((await make(world)).url);
  await api(REVOKE, { user_id: 18 });
}

/** Looks at links in all the ways that open none, confirms one, and guesses. */
export async function playVisits(world: LeakWorld): Promise<void> {
  const { visit, api } = world;
  const { url, token } = await make(world);
  const { search } = new URL(url);
  for (const method of ['HEAD', 'OPTIONS', 'TRACE', 'PUT']) await visit(url, { method });
  for (const agent of Object.values(PREVIEWS).slice(0, 5))
    await visit(url, { headers: { 'User-Agent': agent } });
  await visit(url, { headers: { 'Sec-Purpose': 'prefetch' } });
  await visit((await make(world, { client_ip: '192.0.2.1' })).url, PERSON);
  for (const path of [
    '/',
    '/openapi.json',
    '/healthz',
    '/readyz',
    `/${token}`,
    `/continue/${token}`,
    '/api/%zz',
  ])
    for (const as of [{}, PERSON]) await visit(path + search, as);
  for (const bad of [
    `?sso_token=${token}&sso_token=${token}`,
    `?sso_token=${token}A`,
    `?sso_token[]=${token}`,
    '',
  ])
    for (const as of [{}, PERSON]) await visit(`/sign-in${bad}`, as);
  await playConfirmation(world);
  await api(CREATE, { user_id: 24 }).then(({ body }) =>
    visit((JSON.parse(body) as { readonly data: Made }).data.url),
  );
}

async function playConfirmation(world: LeakWorld): Promise<void> {
  const { url } = await make(world, { mode: 'confirm' });
  const { secrets, visit } = world;
  const shown = await browse(linkAt(world.url, url));
  const cookie = (shown.cookies[0] ?? '').split(';', 1).join();
  const nonce = /name="nonce" value="([^"]+)"/.exec(shown.body)?.[1] ?? '';
  secrets.add('a nonce', nonce);
  secrets.add("a browser's cookie", cookie.slice(-32));
  await visit(url, { cookie }, [nonce, cookie]);
  await visit(url, { form: `nonce=${nonce}` });
  await visit(url, { form: `nonce=${nonce}x`, cookie, headers: { Accept: 'text/html' } });
  expect((await visit(url, { form: `nonce=${nonce}`, cookie })).status).toBe(303);
  await visit(url, { form: `nonce=${nonce}`, cookie });
}

/** Has Plesk go wrong in every way, and tell in its errors what it knows. */
export async function playTroubles(world: LeakWorld): Promise<void> {
  const { server, tlsServer, faulty, known, plesk, secrets, visit } = world;
  secrets.add('a session of a broken answer', SESSION_ID);
  const open = async (service_id: number, at: number): Promise<Page> =>
    visit((await make(world, { service_id })).url, at % 2 === 0 ? {} : PERSON);
  for (const [at, name] of PLAIN_MISBEHAVIOUR_NAMES.entries()) {
    await server.behave(name);
    await open(101, at);
  }
  const plain = new Set<string>(PLAIN_MISBEHAVIOUR_NAMES);
  for (const [at, name] of MISBEHAVIOUR_NAMES.filter((one) => !plain.has(one)).entries()) {
    await tlsServer.behave(name);
    await open(105, at);
  }
  for (const [at, name] of PLESK_FAULT_NAMES.entries()) {
    await faulty.faults.add(PLESK_FAULTS[name].fault);
    await open(106, at);
    await faulty.faults.clear();
  }
  await open(104, 0);
  const sessions = (await plesk.sessions.list()).map(({ id }) => id).join(' ');
  const errtext = `password ${known.password}, key ${known.key}, passwd=${known.password}&x, sessions ${sessions}`;
  for (const [at, errcode] of [1001, 1006, 1010, 1013, 1014, 11003].entries())
    for (const on of ['packet', 'operation'] as const) {
      await faulty.faults.add({ fault: 'errcode', errcode, errtext, on, times: 1 });
      await open(106, at);
    }
  server.answerWith(
    sessionAnswer(
      `<result><status>error</status><errcode>9999</errcode><errtext>${errtext.replace('&', '&amp;')}</errtext></result>`,
    ),
  );
  await open(101, 0);
  await server.behave('ok');
  await playExhaustion(world);
  const opened = await make(world, { service_id: 106 });
  await visit(opened.url);
  await faulty.faults.add({ fault: 'errcode', errcode: 1001, errtext, on: 'packet' });
  await world.api(REVOKE, { id: opened.id });
  await faulty.faults.clear();
}

async function playExhaustion(world: LeakWorld): Promise<void> {
  await world.faulty.faults.add({ fault: 'reset', afterChange: true });
  const { url } = await make(world, { service_id: 106 });
  for (let attempt = 0; attempt < 6; attempt++) await world.visit(url, attempt % 2 === 0 ? {} : PERSON);
  await world.faulty.faults.clear();
}

/** Replaces the directory by files that cannot be used, with secrets where they do not belong, and by one without a user. */
export async function playDirectory(world: LeakWorld): Promise<void> {
  const { directory, keys, known, program } = world;
  const good = readFileSync(directory, 'utf8');
  const replace = async (text: string, state: 0 | 1): Promise<void> => {
    writeFileSync(`${directory}.new`, text, { mode: 0o600 });
    renameSync(`${directory}.new`, directory);
    program.kill('SIGHUP');
    // The whole line: the HELP line begins alike.
    const line = new RegExp(`^plesk_sso_directory_loaded ${state}$`, 'm');
    await expect.poll(() => metricsOf(world), { timeout: 15_000, interval: 50 }).toMatch(line);
  };
  for (const text of [
    good.replaceAll('env:PLESK_PASSWORD', known.password),
    good.replaceAll('env:WRONG_PASSWORD', `sealed:${known.password}`),
    good.replaceAll('env:WRONG_PASSWORD', `file:${known.password}`),
    good.replace(/"sha256": "[^"]+"/, `"sha256": "${keys.main}"`),
    good.replace(/"file:[^"]+"/, `"${known.key}"`),
    `${good.slice(0, good.indexOf('env:PLESK_PASSWORD'))}${known.password}`,
    good.replace('"env:WRONG_PASSWORD"', `"${known.key}`),
  ]) {
    expect(text).not.toBe(good);
    await replace(text, 0);
    await replace(good, 1);
  }
  const { users, ...rest } = JSON.parse(good) as { readonly users: Readonly<Record<string, object>> };
  const { url } = await make(world);
  await replace('{', 0);
  await replace(JSON.stringify({ ...rest, users: { ...users, '18': { active: false, accounts: [] } } }), 1);
  expect((await world.visit(url, PERSON)).status).toBe(403);
  await replace('{', 0);
  await replace(good, 1);
}

/** What the metrics are; they were heard. */
export async function metricsOf({ heard, metricsUrl }: LeakWorld): Promise<string> {
  const { body } = await browse(`${metricsUrl}/metrics`);
  heard.push({ where: 'the metrics', text: body });
  return body;
}

/** Waits until a link is over, and guesses until guesses are refused. */
export async function playTheEnd(world: LeakWorld, { url, id }: Made): Promise<void> {
  const { api, visit } = world;
  const stateOf = async (): Promise<string> => (await api(GET, { id })).body;
  await expect.poll(stateOf, { timeout: 30_000, interval: 200 }).toContain('"state":"expired"');
  await visit(url);
  await visit(url, PERSON);
  for (let guess = 0; guess < 60; guess++) await visit(`/sign-in?sso_token=psso_${guess}`);
  await visit((await make(world)).url, PERSON);
}
