import { nearestName } from '../../base/nearest.ts';
import { pathText } from './schema-words.ts';

/**
 * What is wrong between the records of a directory at an instant, each mistake by its path. What is wrong within a
 * record is passed over, so that both are named at once.
 */
export const relationMistakes = (json: unknown, now: number): readonly string[] => {
  const { servers, users, api_keys: keys } = objectIn(json);
  return [
    ...unseen('servers', servers),
    ...unseen('users', users),
    ...userMistakes(objectIn(users), Object.keys(objectIn(servers))),
    ...keyMistakes(listIn(keys), now),
  ];
};

type Loose = Readonly<Record<string, unknown>>;

const objectIn = (json: unknown): Loose =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Loose) : {};

const listIn = (json: unknown): readonly Loose[] => (Array.isArray(json) ? json.map(objectIn) : []);

/** The one name that no schema sees among those of an object. */
const unseen = (field: string, json: unknown): readonly string[] =>
  Object.hasOwn(objectIn(json), '__proto__') ? [`${field}.__proto__: this is no name`] : [];

function userMistakes(users: Loose, serverIds: readonly string[]): readonly string[] {
  const servers = new Set<unknown>(serverIds);
  const mistakes: string[] = [];
  for (const [id, user] of Object.entries(users)) {
    const accounts = listIn(objectIn(user)['accounts']);
    const wrong = (index: number, field: string, why: string): void => {
      mistakes.push(`${pathText(['users', id, 'accounts', index, field])}: ${why}`);
    };
    accounts.forEach(({ server }, index) => {
      if (typeof server === 'string' && !servers.has(server))
        wrong(index, 'server', noServer(serverIds, server));
    });
    for (const [index, first] of twins(accounts, 'service_id'))
      wrong(index, 'service_id', `account ${first} of this user has the same`);
    const isPrimary = accounts.map(({ primary }) => (primary === true ? { primary } : {}));
    for (const [index, first] of twins(isPrimary, 'primary'))
      wrong(index, 'primary', `account ${first} of this user is the primary one`);
  }
  return mistakes;
}

const noServer = (serverIds: readonly string[], server: string): string => {
  const near = nearestName(server, serverIds);
  return `there is no server ${pathText([server])}${near === undefined ? '' : `; do you mean ${near}?`}`;
};

function keyMistakes(keys: readonly Loose[], now: number): readonly string[] {
  const ids = new Map(keys.map(({ id }, index) => [id, index]));
  return [
    ...(['id', 'sha256'] as const).flatMap((field) =>
      twins(keys, field).map(
        ([index, first]) => `api_keys.${index}.${field}: api_keys.${first} has the same`,
      ),
    ),
    ...keys.flatMap(({ name }, index) => {
      const other = typeof name === 'string' ? ids.get(name) : undefined;
      return other === undefined || other === index
        ? []
        : [`api_keys.${index}.name: this is the id of api_keys.${other}`];
    }),
    ...crowded(keys, now),
  ];
}

/** Two keys of one name may live at once, so that one can take over from the other; a third was forgotten. */
function crowded(keys: readonly Loose[], now: number): readonly string[] {
  const live = new Map<string, number>();
  return keys.flatMap(({ name, expires_at: end }, index) => {
    if (typeof name !== 'string' || (typeof end === 'string' && Date.parse(end) <= now)) return [];
    const count = (live.get(name) ?? 0) + 1;
    live.set(name, count);
    return count > MOST_LIVE
      ? [
          `api_keys.${index}.name: ${MOST_LIVE} keys named ${pathText([name])} are live already; revoke one of them`,
        ]
      : [];
  });
}

/** How many keys of one name may be live. */
const MOST_LIVE = 2;

/** Each record, by its index, that shares a field with an earlier one, and the index of that. */
function twins(
  records: readonly Loose[],
  field: string,
): readonly (readonly [index: number, first: number])[] {
  if (records.length < 2) return [];
  const first = new Map<unknown, number>();
  const found: [number, number][] = [];
  records.forEach((record, index) => {
    const value = record[field];
    if (value === undefined) return;
    const earlier = first.get(value);
    if (earlier === undefined) first.set(value, index);
    else found.push([index, earlier]);
  });
  return found;
}
