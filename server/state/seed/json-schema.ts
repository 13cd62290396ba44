import * as z from 'zod';
import { NEWEST_RELEASE, releaseOf } from '../../protocol/versions/releases.ts';
import { figuresOf } from '../figures.ts';
import { Seed } from './seed.ts';

/** As much of JSON Schema as a seed's has. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
}

/** The JSON Schema of a seed, in the draft that editors know best, with what each field is and its default. */
export function seedJsonSchema(): JsonSchema {
  const made = z.toJSONSchema(Seed, {
    io: 'input',
    target: 'draft-7',
    override: ({ zodSchema, jsonSchema }) => {
      // zod leaves them out where a value is kept in another form than it is written.
      const { examples } = z.globalRegistry.get(zodSchema) ?? {};
      if (Array.isArray(examples)) jsonSchema.examples = examples;
      // What a figure is besides says more than what it may be written as.
      if (jsonSchema.type !== undefined) delete jsonSchema.anyOf;
      // That is about code, and editors show it.
      delete jsonSchema.readOnly;
    },
  }) as JsonSchema;
  const { server = {}, ...others } = made.properties ?? {};
  return {
    ...made,
    description: 'What plesk-emulator starts with',
    properties: { ...others, server: withDefaults(server, figuresOf(releaseOf(NEWEST_RELEASE))) },
  };
}

/** A schema whose fields have what stands in for them where a seed leaves them out. */
function withDefaults(schema: JsonSchema, standard: unknown): JsonSchema {
  if (standard === undefined) return schema;
  if (schema.properties === undefined) return { ...schema, default: standard };
  const values = standard as Readonly<Record<string, unknown>>;
  const properties = Object.entries(schema.properties).map(([name, inner]) => [
    name,
    withDefaults(inner, values[name]),
  ]);
  return { ...schema, properties: Object.fromEntries(properties) as Record<string, JsonSchema> };
}
