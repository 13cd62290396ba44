/**
 * Says where a text stops being JSON and what would have to come there; `undefined` where it is JSON. JSON.parse names
 * the place for some mistakes only, and shows what stands around it, which may be a password.
 */
export function brokenJson(text: string): string | undefined {
  const open: Bracket[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const [token = '', space = '', bare] = TOKEN.exec(text) ?? [];
    const next: Expected | undefined =
      bare === undefined ? undefined : nextAfter(expected, kindOf(bare), open);
    if (next === undefined) {
      const isWhole = expected === 'end' && at + space.length === text.length;
      return isWhole ? undefined : mistakeAt(text, at + space.length, expected, open.at(-1));
    }
    expected = next;
    at += token.length;
  }
}

/** Blanks and, where there is one, a token behind them. Each part is read once, however it ends. */
const TOKEN =
  /([ \t\n\r]*)("[ !#-[\]-\u{10ffff}]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[ !#-[\]-\u{10ffff}]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:])?/uy;

type Bracket = '{' | '[';
type Kind = 'string' | 'scalar' | Bracket | '}' | ']' | ',' | ':';
type Expected = 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'comma or end' | 'end';

const CLOSING = { '{': '}', '[': ']' } as const;

function kindOf(token: string): Kind {
  if (token.startsWith('"')) return 'string';
  const mark = (['{', '[', '}', ']', ',', ':'] as const).find((other) => other === token);
  return mark ?? 'scalar';
}

/** What must follow a token, or `undefined` where the token itself must not stand there; `open` is kept up. */
function nextAfter(expected: Expected, kind: Kind, open: Bracket[]): Expected | undefined {
  const inner = open.at(-1);
  const mayEnd = expected.endsWith('or end') && inner !== undefined && kind === CLOSING[inner];
  if (mayEnd) {
    open.pop();
    return open.length === 0 ? 'end' : 'comma or end';
  }
  if (expected === 'colon') return kind === ':' ? 'value' : undefined;
  if (expected === 'comma or end') {
    if (kind !== ',') return undefined;
    return inner === '{' ? 'name' : 'value';
  }
  if (expected === 'name' || expected === 'name or end') return kind === 'string' ? 'colon' : undefined;
  if (expected === 'end') return undefined;
  if (kind === 'string' || kind === 'scalar') return inner === undefined ? 'end' : 'comma or end';
  if (kind !== '{' && kind !== '[') return undefined;
  open.push(kind);
  return kind === '{' ? 'name or end' : 'value or end';
}

function mistakeAt(text: string, at: number, expected: Expected, inner: Bracket = '{'): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const rest = text.slice(at);
  if (rest === '' || UNENDED.test(rest)) return `line ${line}: the file ends in the middle, it was cut off`;
  const end = CLOSING[inner];
  const says = {
    value: 'a value',
    'value or end': `a value or ${end}`,
    name: 'a name in double quotes',
    'name or end': `a name in double quotes or ${end}`,
    colon: 'a colon',
    'comma or end': `a comma or ${end}`,
    end: 'the end of the file',
  }[expected];
  return `line ${line}, column ${at - before.lastIndexOf('\n')}: this is no JSON, ${says} must stand here`;
}

/** A string that nothing ends. */
const UNENDED = /^"[^"\\\n]*(?:\\.[^"\\\n]*)*\\?$/;
