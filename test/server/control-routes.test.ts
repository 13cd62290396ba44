import { readFileSync } from 'node:fs';
import supertest from 'supertest';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../base/log.ts';
import { createApp } from '../../server/app.ts';
import { createControl } from '../../server/control/control.ts';
import { checkSettings } from '../../server/config.ts';
import { releaseOf, RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { RULES } from '../../server/rules.ts';
import { createPanel } from '../../server/state/panel.ts';
import { seedState } from '../../server/state/seed/seed.ts';
import { browse, serve } from '../support/browse.ts';
import { NOW, testClock } from '../support/clock.ts';
import { countingIds, start } from '../support/emulator.ts';
import { newToken } from '../support/wire.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

/** The URL of an app whose ports are not all open yet. */
async function serveUnready(): Promise<string> {
  const settings = checkSettings({});
  const panel = createPanel({
    settings,
    seed: seedState({}, settings),
    clock: testClock(),
    ids: countingIds(),
    log: silentLog,
  });
  return serve(createApp(createControl(panel), { ca: undefined, isReady: () => false }));
}

describe('GET /_emulator/health', () => {
  it.each(RELEASE_NAMES)('says what the emulator is, as %s', async (plesk) => {
    const started = await start({ plesk });
    started.clock.pass(60);
    const { title, protocol } = releaseOf(plesk);

    const { status, headers, body } = await browse(`${started.plesk.url}/_emulator/health`);

    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['cache-control']).toBe('no-store');
    expect(JSON.parse(body)).toEqual({
      ready: true,
      release: started.plesk.release.plesk,
      title,
      packetVersion: protocol,
      version,
      startedAt: new Date(NOW).toISOString(),
    });
  });

  it('answers 503 until all ports are open', async () => {
    const { status, body } = await browse(`${await serveUnready()}/_emulator/health`);

    expect(status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ ready: false, version });
  });

  it('keeps the time of the start over a reset', async () => {
    const { plesk, clock } = await start();
    clock.pass(60);

    await plesk.reset();

    const { body } = await browse(`${plesk.url}/_emulator/health`);
    expect(JSON.parse(body)).toMatchObject({ startedAt: new Date(NOW).toISOString() });
  });
});

describe('GET /_emulator/rules', () => {
  it('lists every rule with where it comes from, and counts them', async () => {
    const { plesk } = await start();

    const { status, headers, body } = await browse(`${plesk.url}/_emulator/rules`);
    const { counts, rules } = JSON.parse(body) as {
      readonly counts: Readonly<Record<string, number>>;
      readonly rules: readonly Readonly<Record<string, string>>[];
    };

    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json');
    expect(rules.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
    for (const rule of rules) {
      expect(rule).toEqual({
        id: expect.stringMatching(/\S/) as string,
        kind: expect.stringMatching(/^(documented|observed|assumed)$/) as string,
        at: expect.stringMatching(/\S/) as string,
        says: expect.stringMatching(/\S/) as string,
      });
    }
    for (const kind of ['documented', 'observed', 'assumed']) {
      expect(counts[kind]).toBe(rules.filter((rule) => rule['kind'] === kind).length);
    }
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(rules.length);
  });
});

describe('what is not there', () => {
  it.each([
    '/_emulator/nope',
    '/_emulator/nope?health',
    '/_emulator/health/',
    '/_emulator/ca.pem/',
    '/_emulator/HEALTH',
    '/_emulator/health/x',
    '/_emulator/%zz',
    '/_emulator/%3Cb%3E',
  ])('answers %s with 404 and what there is', async (path) => {
    const { plesk } = await start();

    const { status, headers, body } = await browse(`${plesk.url}${path}`);
    const { error } = JSON.parse(body) as { readonly error: string };

    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(error.startsWith(`there is no ${path.replace('?health', '')}; `)).toBe(true);
    expect(error.split(';')[1]).toContain('/_emulator/openapi.json lists what there is');
  });

  it.each(
    ['health', 'rules', 'ca.pem'].flatMap((name) =>
      ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'].map((method) => [method, name] as const),
    ),
  )('answers %s of %s with 405 and the methods that there are', async (method, name) => {
    const { plesk } = await start({ https: true });

    const { status, headers, body } = await browse(`${plesk.url}/_emulator/${name}`, { method });

    expect(status).toBe(405);
    expect(headers.allow).toBe('GET, HEAD');
    const error = `${method} is not for this; use GET`;
    expect(JSON.parse(body)).toEqual({ error, mistakes: [error] });
  });
});

it.each(['health', 'rules', 'ca.pem'])('answers HEAD of %s as GET, without a body', async (name) => {
  const { plesk } = await start({ https: true });
  const url = `${plesk.url}/_emulator/${name}`;

  const [get, head] = [await browse(url), await browse(url, { method: 'HEAD' })];

  expect(head.status).toBe(200);
  expect(head.headers['content-type']).toBe(get.headers['content-type']);
  expect(get.body).not.toBe('');
  expect(head.body).toBe('');
});

it.each(['health', 'rules', 'ca.pem', 'nope'])(
  'lets no page of another site read %s: there is no CORS, and no cookie',
  async (name) => {
    const { plesk } = await start({ https: true });

    const { headers } = await browse(`${plesk.url}/_emulator/${name}`, {
      headers: { Origin: 'https://other.example.test', 'Access-Control-Request-Method': 'GET' },
    });

    expect(Object.keys(headers).filter((header) => header.startsWith('access-control-'))).toEqual([]);
    expect(headers['set-cookie']).toBeUndefined();
  },
);

it('touches no session and writes no line', async () => {
  const { plesk, lines } = await start();
  await newToken(plesk);
  const before = await plesk.sessions.list();
  const written = lines.length;

  for (const name of ['health', 'rules', 'ca.pem', 'nope']) await browse(`${plesk.url}/_emulator/${name}`);

  expect(await plesk.sessions.list()).toEqual(before);
  expect(lines).toHaveLength(written);
});

it.each([
  '/_EMULATOR/health',
  '/_emulatorx',
  '/x/_emulator/health',
  '/health',
  '/rules',
  '/ca.pem',
  '//_emulator/health',
])("leaves %s to Plesk's own answer, which says there is no such page", async (path) => {
  const { plesk } = await start();

  const { status, headers } = await browse(`${plesk.url}${path}`);

  expect(status).toBe(404);
  expect(headers['content-type']).toMatch(/^text\/html/);
});

it.each(['health', 'rules'])('answers %s without a port', async (name) => {
  const { plesk } = await start({ listen: false });

  const response = await supertest(plesk.app).get(`/_emulator/${name}`);

  expect(response.status).toBe(200);
  expect(response.body).toMatchObject(name === 'health' ? { ready: true } : { counts: {} });
});

it('has a CA without a port, for a server of your own', async () => {
  const { plesk } = await start({ listen: false, https: true });

  const { status, text } = await supertest(plesk.app).get('/_emulator/ca.pem').buffer(true);

  expect(status).toBe(200);
  expect(text).toBe(plesk.ca);
});
