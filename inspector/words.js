/** A number and its noun. */
export const many = (count, noun, plural = `${noun}s`) => `${count} ${count === 1 ? noun : plural}`;

/** The first digits of a token, as logs and journal have them. */
export const short = (token) => (token.length > 8 ? `${token.slice(0, 6)}..` : token);

/** A span as people say it: `29 min 5 s`. */
export function span(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const units = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  const first = units.findIndex(([size]) => seconds >= size);
  if (first === -1) return '0 s';
  let rest = seconds;
  return units
    .slice(first, first + 2)
    .map(([size, name]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? '' : `${count} ${name}`;
    })
    .filter((part) => part !== '')
    .join(' ');
}

/** An instant by its day and second, in UTC. */
export const dayAndTime = (at) =>
  new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '');

/** The same without the day where that is today's. */
export function shortTime(at, now) {
  const [day, time] = dayAndTime(at).split(' ');
  return dayAndTime(now).startsWith(day) ? time : `${day} ${time}`;
}

/** An instant by its millisecond, in UTC. */
export const timeOnly = (at) => new Date(at).toISOString().slice(11, 23);

/** What an entry is, in few words. */
export function titleOf(entry) {
  if (entry.kind === 'browser') return `${entry.method} ${entry.path}`;
  const names = entry.operations.map(({ name }) => name);
  if (names.length === 0) return 'packet';
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)).join(', ');
}

/** Why an entry ended as it did, where it says so. */
export function reasonOf(entry) {
  if (entry.kind === 'browser') return entry.reason;
  if (entry.errcode !== undefined) return `${entry.errcode}: ${entry.errtext ?? ''}`;
  const failed = entry.operations.flatMap(({ results }) =>
    results.filter(({ status }) => status === 'error'),
  );
  return failed.length === 0
    ? undefined
    : failed.map(({ errcode, errtext }) => `${errcode}: ${errtext}`).join('; ');
}
