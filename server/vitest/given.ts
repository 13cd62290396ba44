import { nearestName } from '../../base/nearest.ts';

/** Who writes JavaScript has no types that would say so: a TypeError for options that a matcher does not have. */
export function checkOptions(matcher: string, options: unknown, known: readonly string[]): void {
  const are = `it takes { ${known.join(', ')} }`;
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TypeError(`the options of ${matcher} are no object: ${are}`);
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    // A few letters are like none.
    const near = nearestName(name, known) ?? nearestName(`${name}s`, known);
    throw new TypeError(
      `${matcher} has no option '${name}'; ${near === undefined ? '' : `do you mean ${near}? `}${are}`,
    );
  }
}

/** The same for an option that has to be a text. */
export function checkText(matcher: string, option: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'string')
    throw new TypeError(`${option} of ${matcher} is a text, and no ${typeof value}`);
}

/** A TypeError for what can only be compared by a function of its own, such as a RegExp or `expect.anything()`. */
export function checkPlain(matcher: string, value: unknown, at = ''): void {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function') throw notPlain(matcher, at);
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw notPlain(matcher, at);
  for (const [name, inner] of Object.entries(value))
    checkPlain(matcher, inner, at === '' ? name : `${at}.${name}`);
}

const notPlain = (matcher: string, at: string): TypeError =>
  new TypeError(
    `${at === '' ? 'what is wanted' : at} is no plain value, and ${matcher} compares plain values: without it, ` +
      `const [entry] = await plesk.journal.find(...), and expect of the entry what you want`,
  );
