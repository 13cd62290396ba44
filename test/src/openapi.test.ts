import { expect, it } from 'vitest';
import * as z from 'zod';
import type { Action } from '../../src/directory/directory.ts';
import { ACTIONS } from '../../src/directory/directory.ts';
import { answerOf, ProblemAnswer } from '../../src/http/openapi.ts';
import { startBoth } from '../support/service.ts';

interface Description {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, { readonly post?: Operation }>>;
}

interface Operation {
  readonly requestBody: {
    readonly content: { readonly 'application/json': { readonly schema: JsonSchema } };
  };
  readonly responses: Readonly<Record<string, unknown>>;
}

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

const described = async (url: string): Promise<Description> =>
  (await (await fetch(`${url}/openapi.json`)).json()) as Description;

it('describes every action in OpenAPI 3.1, at its public address', async () => {
  const { url } = await startBoth();

  const description = await described(url);

  expect(description.openapi).toBe('3.1.0');
  expect(description.servers).toEqual([{ url }]);
  expect(Object.keys(description.paths)).toEqual(
    expect.arrayContaining([
      ...ACTIONS.map((action) => `/api/${action}`),
      '/sign-in',
      '/continue/{reference}',
    ]),
  );
});

it.each<readonly [Action, body: object]>([
  ['Clients/CreateClientSsoToken', { user_id: 18, destination: 'ac-ps-product', destination_values: [101] }],
  ['Clients/CreateClientSsoToken', { user_id: '18', locale: 'de-DE', mode: 'confirm', client_ip: '::1' }],
  ['Clients/CreateClientSsoToken', { user_id: 18, service_id: null, destination: null }],
])('takes what its description takes, and answers as it says: %s %j', async (action, body) => {
  const { url, call } = await startBoth();
  const schema = (await described(url)).paths[`/api/${action}`]?.post?.requestBody.content[
    'application/json'
  ];

  expect(z.fromJSONSchema(schema?.schema ?? false).safeParse(body).success).toBe(true);
  const answer = await call(action, body);

  expect(answer.status).toBe(200);
  expect(answerOf(action).safeParse(answer.body)).toMatchObject({ success: true });
});

it.each<readonly [Action, body: object]>([
  ['Clients/CreateClientSsoToken', {}],
  ['Clients/CreateClientSsoToken', { user_id: 0 }],
  ['Clients/CreateClientSsoToken', { user_id: 18, mode: 'once' }],
  ['Clients/CreateClientSsoToken', { user_id: 18, colour: 'red' }],
  ['Clients/GetClientSsoToken', { id: 'x' }],
  ['Clients/RevokeClientSsoToken', { user_id: 'x' }],
])('refuses what its description refuses, in the form that it says: %s %j', async (action, body) => {
  const { url, call } = await startBoth();
  const schema = (await described(url)).paths[`/api/${action}`]?.post?.requestBody.content[
    'application/json'
  ];

  expect(z.fromJSONSchema(schema?.schema ?? true).safeParse(body).success).toBe(false);
  const answer = await call(action, body);

  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(ProblemAnswer.safeParse(answer.body)).toMatchObject({ success: true });
});
