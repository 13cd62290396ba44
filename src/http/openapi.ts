import { z } from 'zod';
import type { Action } from '../directory/directory.ts';
import { ACTIONS } from '../directory/directory.ts';
import { PROBLEMS } from '../problems.ts';
import {
  CreatedData,
  CreateRequest,
  GetRequest,
  LinkData,
  RevokedData,
  RevokeRequest,
} from './api-schemas.ts';

const SCHEMAS: Readonly<
  Record<Action, { readonly says: string; readonly request: z.ZodType; readonly data: z.ZodType }>
> = {
  'Clients/CreateClientSsoToken': {
    says: 'Makes a link that logs a user in to the panel, once, within a minute.',
    request: CreateRequest,
    data: CreatedData,
  },
  'Clients/GetClientSsoToken': {
    says: 'Tells of a link, by its token or id, without opening it.',
    request: GetRequest,
    data: LinkData,
  },
  'Clients/RevokeClientSsoToken': {
    says: 'Ends a link, or all links of a user, and the Plesk sessions of those that were opened.',
    request: RevokeRequest,
    data: RevokedData,
  },
};

/** What a failure looks like, for programs. */
export const ProblemAnswer = z.looseObject({
  status: z.literal('error'),
  message: z.string(),
  code: z.enum(Object.keys(PROBLEMS)),
  request_id: z.uuid(),
  details: z.array(z.strictObject({ index: z.int().nonnegative(), reason: z.string() })).optional(),
});

/** What an action answers where it did what it was asked. */
export const answerOf = (action: Action): z.ZodType =>
  z.strictObject({ status: z.literal('successful'), data: SCHEMAS[action].data });

/** The API as OpenAPI 3.1, made of the schemas that check its requests. */
export function openApi(version: string, publicUrl: string): object {
  const paths = ACTIONS.map((action) => [`/api/${action}`, { post: operation(action) }] as const);
  return {
    openapi: '3.1.0',
    info: { title: 'Token service', version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: publicUrl }],
    security: [{ apikey: [] }],
    paths: { ...Object.fromEntries(paths), ...BROWSER_PATHS },
    components: {
      securitySchemes: { apikey: { type: 'apiKey', in: 'header', name: 'Apikey' } },
      schemas: { Problem: schemaOf(ProblemAnswer) },
    },
  };
}

function operation(action: Action): object {
  const { says, request } = SCHEMAS[action];
  const isIssue = action === 'Clients/CreateClientSsoToken';
  return {
    operationId: action.replace('/', '_'),
    summary: says,
    ...(isIssue ? { parameters: [IDEMPOTENCY_KEY] } : {}),
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(request) } } },
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: schemaOf(answerOf(action)) } } },
      default: problem('Not done; `code` says why.'),
    },
  };
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'The same key and request within 60 seconds give the same answer.',
  schema: { type: 'string', pattern: '^[!-~]{8,191}$' },
};

const problem = (description: string): object => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const redirect = {
  description: 'The browser is led on.',
  headers: { Location: { schema: { type: 'string' } } },
};

const BROWSER_PATHS = {
  '/sign-in': {
    get: {
      operationId: 'openLink',
      summary: 'Opens a link: a browser is led in to the panel, once. Also below a language, /en/sign-in.',
      security: [],
      parameters: [{ name: 'sso_token', in: 'query', required: true, schema: { type: 'string' } }],
      responses: {
        200: {
          description:
            'A page with one button (mode confirm, or auto where the client does not say that it navigates), or for programs that show previews.',
        },
        303: {
          description:
            'The browser is sent back to this address with a cookie, or, when it brings the cookie, led on.',
          headers: redirect.headers,
        },
        default: problem('Not opened; people get a page with the same status.'),
      },
    },
    post: {
      operationId: 'openPostedLink',
      summary: 'Opens a link by a form, so that its token is in no address.',
      security: [],
      requestBody: {
        required: true,
        content: {
          'application/x-www-form-urlencoded': {
            schema: {
              type: 'object',
              required: ['sso_token'],
              properties: {
                sso_token: { type: 'string' },
                browser_nonce: {
                  type: 'string',
                  description: 'The text whose SHA-256 was given as browser_binding, at least 16 bytes.',
                },
              },
            },
          },
        },
      },
      responses: {
        200: { description: 'A page with one button.' },
        303: redirect,
        307: {
          description: 'The browser is to post the form again, with a cookie.',
          headers: redirect.headers,
        },
        default: problem('Not opened; people get a page with the same status.'),
      },
    },
  },
  '/continue/{reference}': {
    get: {
      operationId: 'continueLink',
      summary: 'Leads a browser that was logged in to the target of its link, for five minutes.',
      security: [],
      parameters: [{ name: 'reference', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { 303: redirect, default: problem('There is nothing behind this reference.') },
    },
  },
};

/** Without the name of its dialect, which is that of OpenAPI 3.1 itself. */
const schemaOf = (schema: z.ZodType): object => withoutDialect(z.toJSONSchema(schema, { io: 'input' }));

function withoutDialect({ $schema: _, ...rest }: { readonly $schema?: unknown }): object {
  return rest;
}
