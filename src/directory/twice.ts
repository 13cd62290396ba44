import { pathText } from './schema-words.ts';

/** Up to `max` names that stand twice in one object of a JSON text, of which JSON.parse takes the last without a word. */
export function namesTwice(json: string, max = Infinity): readonly string[] {
  const mistakes: string[] = [];
  const open: Level[] = [];
  let level: Level = { names: undefined, at: 0 };
  let isName = false;
  for (let index = 0; index < json.length && mistakes.length < max; index += 1) {
    switch (json.charCodeAt(index)) {
      case OPEN_OBJECT:
      case OPEN_LIST: {
        const isObject = json.charCodeAt(index) === OPEN_OBJECT;
        open.push(level);
        level = { names: isObject ? new Set() : undefined, at: 0 };
        isName = isObject;
        break;
      }
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        level = open.pop() ?? level;
        isName = false;
        break;
      case COMMA:
        if (level.names === undefined) level.at = Number(level.at) + 1;
        else isName = true;
        break;
      case QUOTE: {
        const end = endOfString(json, index);
        if (isName) {
          const name = stringIn(json.slice(index, end + 1));
          level.at = name;
          if (level.names?.has(name) === true)
            mistakes.push(mistakeAt([...open.slice(1), level], lineOf(json, index)));
          level.names?.add(name);
          isName = false;
        }
        index = end;
      }
    }
  }
  return mistakes;
}

/** An object or list that is being read. */
interface Level {
  /** The names that an object has so far. */
  readonly names: Set<string> | undefined;
  /** The name or index that is being read. */
  at: string | number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json.charCodeAt(at) !== QUOTE) at += json.charCodeAt(at) === BACKSLASH ? 2 : 1;
  return at;
}

/** The string that a token is; `\u0061` and `a` are the same name. */
const stringIn = (token: string): string =>
  token.includes('\\') ? String(JSON.parse(token)) : token.slice(1, -1);

const mistakeAt = (levels: readonly Level[], line: number): string =>
  `${pathText(levels.map(({ at }) => at))}: this stands twice, again in line ${line}`;

const lineOf = (json: string, index: number): number => json.slice(0, index).split('\n').length;
