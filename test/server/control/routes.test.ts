import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CALLS } from '../../../server/control/calls/index.ts';
import type { CallName } from '../../../server/control/routes.ts';
import { routeOf, ROUTES } from '../../../server/control/routes.ts';
import { browse } from '../../support/browse.ts';
import { start } from '../../support/emulator.ts';

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
}

it('describes every call in /_emulator/openapi.json', async () => {
  const { plesk } = await start();

  const { status, body } = await browse(`${plesk.url}/_emulator/openapi.json`);
  const { openapi, paths } = JSON.parse(body) as OpenApi;

  expect([status, openapi]).toEqual([200, '3.1.0']);
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => [
      operationId,
      `${method.toUpperCase()} ${path}`,
    ]),
  );
  expect(Object.fromEntries(described)).toEqual(
    Object.fromEntries(Object.entries(ROUTES).map(([name, { route }]) => [name, route])),
  );
});

describe('a request that is no call', () => {
  it.each([
    ['POST', '/reset', '{', 400, /^the body is no JSON: /],
    ['POST', '/accounts', '[]', 400, /^the body is no JSON object/],
    ['POST', '/accounts', '{}', 400, /login: [\s\S]*password: [\s\S]*role: /],
    ['PATCH', '/accounts/%ff', '{}', 400, /^account: '%ff' in the path is not percent-encoded/],
    ['POST', '/clock/advance', '{"by":"1m","or":1}', 400, /or/],
    ['GET', '/account', '', 404, /do you mean \/_emulator\/accounts\?/],
    ['PUT', '/reset', '', 405, /^PUT is not for this; use POST/],
    ['GET', '/accounts/nobody', '', 404, /^account: there is no account 'nobody'/],
    ['GET', '/accounts?rule=admin', '', 400, /^rule: there is no such field; do you mean role\?/],
    ['GET', '/accounts?role=client', '', 400, /^role: /],
    ['POST', '/accounts', JSON.stringify({ login: 'x'.repeat(1_100_000) }), 413, /at most 1048576 bytes/],
  ])('is refused with a sentence: %s %s %#', async (method, path, form, status, message) => {
    const { plesk } = await start();

    const page = await browse(`${plesk.url}/_emulator${path}`, { method, ...(form === '' ? {} : { form }) });
    const { error, mistakes } = JSON.parse(page.body) as { error: string; mistakes: string[] };

    expect(page.status).toBe(status);
    expect(error).toMatch(message);
    expect(mistakes.length).toBeGreaterThan(0);
    expect(await plesk.accounts.list()).toHaveLength(5);
  });
});

it('answers what gives nothing with 204, and takes JSON of any Content-Type', async () => {
  const { plesk } = await start();

  const page = await browse(`${plesk.url}/_emulator/snapshots/one`, { method: 'PUT', form: '{}' });

  expect([page.status, page.body]).toEqual([204, '']);
  expect(await plesk.snapshots.list()).toEqual(['one']);
});

it('tells events as they come, and what came meanwhile to whoever comes back', async () => {
  const { plesk } = await start();
  const read = async (headers: Record<string, string>, until: string): Promise<string> => {
    const leave = new AbortController();
    const response = await fetch(`${plesk.url}/_emulator/events`, { headers, signal: leave.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString();
      if (text.includes(': here')) await browse(`${plesk.url}/nowhere`);
      if (text.includes(until)) break;
    }
    leave.abort();
    return text;
  };

  const live = await read({}, '"not found"');
  expect(live).toMatch(/id: 1\nevent: entry\ndata: \{.*"path":"\/nowhere".*\}\n\n/);
  await plesk.accounts.suspend('carl');
  const again = await read({ 'Last-Event-ID': '0' }, 'id: 2');
  expect(again).toContain('id: 1\n');
});

it('lists every route in docs/control-routes.md (vitest -u writes it)', async () => {
  const rows = (Object.keys(ROUTES) as CallName[]).map((name) => {
    const { method, path } = routeOf(name);
    const call =
      name === 'emulator.get' ? 'connectEmulator' : name === 'journal.list' ? 'journal.find' : name;
    return `| \`${method} /_emulator${path}\` | ${ROUTES[name].says} | ${fieldsOf(name)} | \`${call}\` |`;
  });
  await expect(`# The control's routes

Generated; \`npx vitest run test/server/control/routes.test.ts -u\` writes it anew.

What stands in braces is part of the path. The fields of a \`GET\` are its query, those of the others a JSON object; a star marks what
has to be there. Each route is a method of [\`startEmulator()\` and \`connectEmulator()\`](control.md). \`/_emulator/openapi.json\` describes
them with types.

| route | what | fields | method |
|---|---|---|---|
${rows.join('\n')}

Besides:

| route | what |
|---|---|
| \`GET /_emulator/\` | [the inspector](inspector.md) |
| \`GET /_emulator/events\` | server-sent events: \`entry\` with each entry of the journal as it comes (its id is the event's; \`Last-Event-ID\` gets what was missed), \`changed\` with the name of each call that changes something |
| \`GET /_emulator/openapi.json\` | this, as OpenAPI 3.1 |
| \`GET /_emulator/rules\` | every rule with its source |
| \`GET /_emulator/health\` | whether it is ready; [always served](control.md#who-may) |
| \`GET /_emulator/ca.pem\` | the CA to trust for HTTPS; always served |
`).toMatchFileSnapshot('../../../docs/control-routes.md');
});

/** The fields of a call's input, but for those of its path. */
function fieldsOf(name: CallName): string {
  const schema = z.toJSONSchema(CALLS[name].input, { io: 'input', unrepresentable: 'any' });
  const variants = [schema, ...(schema.anyOf ?? schema.oneOf ?? [])] as (typeof schema)[];
  const inPath = [...ROUTES[name].route.matchAll(/\{(\w+)\}/g)].map(([, field]) => field);
  const fields = new Map<string, boolean>();
  for (const { properties = {}, required = [] } of variants)
    for (const field of Object.keys(properties))
      if (!inPath.includes(field))
        fields.set(field, (fields.get(field) ?? true) && required.includes(field) && variants.length <= 2);
  if (name === 'settings.set') return 'any of [the settings](options.md), `adminMultipleSessions`, `mode`';
  if (name === 'faults.add') return 'see [faults](faults.md)';
  return [...fields].map(([field, isRequired]) => `\`${field}\`${isRequired ? '\\*' : ''}`).join(', ');
}
