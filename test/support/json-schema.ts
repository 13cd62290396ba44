import type { JsonSchema } from '../../server/state/seed/json-schema.ts';

/** Where a value is not as a JSON Schema wants it, by path; by the words of the standard that a seed's schema uses. */
export function violationsOf(value: unknown, schema: JsonSchema, path = 'seed'): readonly string[] {
  const unknown = Object.keys(schema).filter((word) => !KNOWN.has(word));
  if (unknown.length > 0) throw new Error(`${path}: nothing here checks ${unknown.join(', ')}`);
  const wrong: string[] = [];
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  if (types?.some((type) => isOf(type, value)) === false) wrong.push(`${path} is not of ${types.join(', ')}`);
  if (schema.anyOf?.every((one) => violationsOf(value, one, path).length > 0) === true)
    wrong.push(`${path} is nothing that it may be`);
  if (schema.enum?.includes(value) === false) wrong.push(`${path} is none of ${JSON.stringify(schema.enum)}`);
  if (typeof value === 'string') {
    if (value.length < (schema.minLength ?? 0)) wrong.push(`${path} is too short`);
    if (value.length > (schema.maxLength ?? Infinity)) wrong.push(`${path} is too long`);
    if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value))
      wrong.push(`${path} is not of ${schema.pattern}`);
  }
  if (typeof value === 'number') {
    if (value < (schema.minimum ?? -Infinity)) wrong.push(`${path} is too small`);
    if (value > (schema.maximum ?? Infinity)) wrong.push(`${path} is too large`);
  }
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) wrong.push(`${path} has too few items`);
    for (const [index, item] of value.entries())
      wrong.push(...violationsOf(item, schema.items ?? {}, `${path}.${index}`));
  } else if (typeof value === 'object' && value !== null) {
    const missing = (schema.required ?? []).filter((name) => !(name in value));
    wrong.push(...missing.map((name) => `${path}.${name} is missing`));
    for (const [name, inner] of Object.entries(value)) {
      const field = schema.properties?.[name];
      const others = schema.additionalProperties;
      if (schema.propertyNames !== undefined)
        wrong.push(...violationsOf(name, schema.propertyNames, `the name ${path}.${name}`));
      if (field !== undefined) wrong.push(...violationsOf(inner, field, `${path}.${name}`));
      else if (others === false) wrong.push(`${path}.${name} is not known`);
      else if (typeof others === 'object') wrong.push(...violationsOf(inner, others, `${path}.${name}`));
    }
  }
  return wrong;
}

const KNOWN: ReadonlySet<string> = new Set([
  ...['$schema', 'description', 'default', 'examples', 'format', 'contentEncoding'],
  ...['type', 'enum', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'items'],
  ...['properties', 'required', 'additionalProperties', 'propertyNames', 'anyOf'],
]);

function isOf(type: string, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
