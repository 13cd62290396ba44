import * as z from 'zod';
import { packageVersion } from '../../base/version.ts';
import { CALLS } from '../control/calls/index.ts';
import type { CallName } from '../control/routes.ts';
import { routeOf, ROUTES } from '../control/routes.ts';

/** The control's API as OpenAPI 3.1, written from the very schemas that check its input. */
export function openApi(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const name of Object.keys(ROUTES) as CallName[]) {
    const { method, path } = routeOf(name);
    (paths[path] ??= {})[method.toLowerCase()] = operationOf(name, method, path);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'plesk-emulator control',
      version: packageVersion(),
      description: 'What a test does to the emulator. None of it is of Plesk.',
    },
    servers: [{ url: '/_emulator' }],
    security: [{}, { token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'the setting controlToken' } },
      schemas: {
        Error: {
          type: 'object',
          required: ['error', 'mistakes'],
          properties: {
            error: { type: 'string' },
            mistakes: { type: 'array', items: { type: 'string' } },
          },
        },
      },
    },
  };
}

interface ObjectSchema {
  readonly properties?: Readonly<Record<string, object>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
}

function operationOf(name: CallName, method: string, path: string): object {
  const { input, output } = CALLS[name];
  const whole: ObjectSchema = schemaOf(input, 'input');
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, param = '']) => param);
  const { properties = {}, required = [] } = whole;
  const others = Object.entries(properties).filter(([field]) => !inPath.includes(field));
  const isQuery = method === 'GET';
  const body = {
    ...whole,
    properties: Object.fromEntries(others),
    required: required.filter((field) => !inPath.includes(field)),
  };
  return {
    operationId: name,
    summary: ROUTES[name].says,
    parameters: [
      ...inPath.map((field) => ({
        name: field,
        in: 'path',
        required: true,
        schema: properties[field] ?? { type: 'string' },
      })),
      ...(isQuery ? others.map(([field, schema]) => ({ name: field, in: 'query', schema })) : []),
    ],
    ...(isQuery || (others.length === 0 && whole.additionalProperties === false)
      ? {}
      : { requestBody: { content: { 'application/json': { schema: body } } } }),
    responses: {
      ...(output === undefined
        ? { 204: { description: 'done' } }
        : {
            200: {
              description: 'done',
              content: { 'application/json': { schema: schemaOf(output, 'output') } },
            },
          }),
      default: {
        description: 'what is wrong, and what would be right',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

function schemaOf(type: z.ZodType, io: 'input' | 'output'): object {
  const schema: Record<string, unknown> = { ...z.toJSONSchema(type, { io, unrepresentable: 'any' }) };
  delete schema['$schema'];
  return schema;
}
