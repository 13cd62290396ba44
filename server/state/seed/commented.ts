import type { JsonSchema } from './json-schema.ts';
import { seedJsonSchema } from './json-schema.ts';
import { yamlOf } from './yaml-text.ts';

type Fields = Readonly<Record<string, JsonSchema>>;

/**
 * A seed in YAML with every field and what it does: three accounts, and all else commented out with its default, or
 * with an example where it has none. `schemaFile` is the name of the file with the JSON Schema beside it.
 */
export function commentedSeed(file: string, schemaFile: string): string {
  const {
    accounts = {},
    secretKeys = {},
    server = {},
    ipAddresses = {},
    disabledLocales = {},
    packets = {},
  } = seedJsonSchema().properties ?? {};
  const account = accounts.items?.properties ?? {};
  const ofResellers = only(account, ['remoteApi', 'permissions', 'limits', 'ipPool']);
  const ofAll = without(account, [...Object.keys(ADMIN), ...Object.keys(ofResellers)]);
  const people = [
    // What a field is stands once, where it is of use.
    ...accountRows(ADMIN, account),
    ...accountRows(RESELLER, {}),
    ...rowsOf(ofResellers, 2),
    ...accountRows(CUSTOMER, {}),
    ...rowsOf(ofAll, 2),
  ];
  const lines = [
    ...headOf(file, schemaFile),
    told(accounts, 0),
    'accounts:',
    ...people,
    '',
    told(secretKeys, 0),
    '#secretKeys:',
    ...itemRows(secretKeys),
    '',
    told(server, 0),
    '#server:',
    ...rowsOf(server.properties ?? {}, 1),
    '',
    told(ipAddresses, 0),
    '#ipAddresses:',
    ...itemRows(ipAddresses),
    '',
    ...rowsOf({ disabledLocales }, 0),
    '',
    told(packets, 0),
    '#packets:',
    ...(packets.examples?.[0] as readonly string[]).flatMap(blockRows),
  ];
  return `${lines.join('\n')}\n`;
}

const ADMIN = { login: 'admin', password: 'changeme1Q**', role: 'admin' } as const;
const RESELLER = { login: 'rita', password: 'reseller1Q**', role: 'reseller' } as const;
const CUSTOMER = { login: 'carl', password: 'customer1Q**', role: 'customer' } as const;

const headOf = (file: string, schemaFile: string): readonly string[] => [
  `# yaml-language-server: $schema=${schemaFile}`,
  '#',
  '# A seed of plesk-emulator: what it starts with, and what a reset goes back to.',
  '#',
  `#   plesk-emulator --seed ${file}`,
  '#',
  '# Everything may be left out. Where a # has no blank behind it, take it away to have that field, and those of the',
  '# names above it too. What stands there is the default, or an example where the words say what is without it.',
  '# A text that looks like a number, or begins with a sign such as *, & or !, stands in quotes.',
  '',
];

/** An account, with what its fields are where `fields` has them. */
function accountRows(account: Readonly<Record<string, string>>, fields: Fields): readonly string[] {
  return Object.entries(account).map(([name, value], index) => {
    const says = fields[name]?.description;
    return `${index === 0 ? '  - ' : '    '}${name}: ${yamlOf(value)}${says === undefined ? '' : ` # ${says}`}`;
  });
}

const only = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));

const without = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

/** The fields of the one item of a list, commented out. */
function itemRows({ items }: JsonSchema): readonly string[] {
  const [first = '', ...others] = rowsOf(items?.properties ?? {}, 1);
  return [first.replace('  #', '  #- '), ...others.map((row) => `  ${row}`)];
}

/** Fields that are commented out, each in a line of its own, those of a list or an element below its name. */
function rowsOf(fields: Fields, depth: number): readonly string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const indent = '  '.repeat(depth);
    const value = field.examples?.[0] ?? field.default;
    const isList = Array.isArray(value);
    if (!isList && (field.properties === undefined || value !== undefined))
      return [`${indent}#${name}: ${scalarOf(value, field)} # ${saysOf(field)}`];
    const below = isList
      ? (value as readonly unknown[]).map((item) => `${indent}  #- ${yamlOf(item)}`)
      : rowsOf(field.properties ?? {}, depth + 1);
    return [told(field, depth), `${indent}#${name}:`, ...below];
  });
}

/** A number or a truth needs no quotes; a version that looks like a number does. */
const scalarOf = (value: unknown, { minimum, enum: choices }: JsonSchema): string =>
  typeof value === 'string' && (minimum !== undefined || choices?.includes(true) === true)
    ? value
    : yamlOf(value);

/** What a field is, in a line above it. */
const told = (field: JsonSchema, depth: number): string => `${'  '.repeat(depth)}# ${saysOf(field)}`;

/** A text of several lines, commented out. */
const blockRows = (text: string): readonly string[] => [
  '  #- |',
  ...text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^ */, '    $&#')),
];

const saysOf = ({ description = '' }: JsonSchema): string => description;
