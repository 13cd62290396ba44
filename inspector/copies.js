/** Headers that a client makes anew for each request. */
const OWN = [
  'host',
  'content-length',
  'connection',
  'accept-encoding',
  'transfer-encoding',
  'expect',
  'keep-alive',
];

const isCarried = (name) => !OWN.includes(name) && !name.startsWith('sec-');

/** What the secrets of headers are called in the place of their values. */
const NAMES = { http_auth_passwd: 'PLESK_PASSWORD', key: 'PLESK_KEY', authorization: 'PLESK_AUTHORIZATION' };

/** What stands for a secret in the journal: the whole text of an element, parameter or cookie, or the end of a token. */
const MASKED = /(?<=>)\.\.(?=<)|(?<==)\.\.(?=[&#;\s]|$)|\b[\da-f]{6}\.\.(?![.\w])/gi;

/** A command that sends a packet, or a browser's request, to this emulator; and the placeholders that stand in it. */
export function asCurl(entry, origin) {
  const words = shellWords();
  const parts = ['curl -sS'];
  if (origin.startsWith('https:')) parts.push(`--cacert ${words.variable('PLESK_CA')}`);
  if (entry.kind === 'browser') parts.push('-i');
  parts.push(...address(entry, origin, words));
  const { headers } = entry.request;
  for (const [name, value] of Object.entries(headers)) {
    if (name === 'cookie') parts.push(`-H ${words.cookies(value)}`);
    else if (isCarried(name)) parts.push(`-H ${words.header(spelled(name), value, variableOf(name))}`);
  }
  const data = dataOf(entry, words);
  // curl would name a type of its own.
  if (data.length > 0 && headers['content-type'] === undefined) parts.push(`-H 'Content-Type:'`);
  parts.push(...data);
  return { text: parts.join(' \\\n  '), placeholders: words.used() };
}

const variableOf = (name) => NAMES[name] ?? `PLESK_${name.toUpperCase().replace(/[^A-Z\d]/g, '_')}`;

/** The URL with its query, and the method; a query with masks goes as fields, which curl encodes. */
function address({ method, path, url = path, request }, origin, words) {
  const asked = method === 'HEAD' ? ['--head'] : isCurls(method, request) ? [] : [`-X ${words.text(method)}`];
  const [place, query = ''] = url.split(/\?(.*)/s, 2);
  if ((method === 'GET' || method === 'HEAD') && request.body === '' && query.match(MASKED) !== null)
    return [words.text(`${origin}${place}`), ...asked, '--get', ...words.fields(query)];
  // curl would read more than a URL in these.
  return [...(/[[\]{}]/.test(url) ? ['--globoff'] : []), words.text(`${origin}${url}`), ...asked];
}

/** Whether curl chooses this method by itself. */
const isCurls = (method, { body }) => method === 'POST' || (method === 'GET' && body === '');

function dataOf({ kind, method, request: { headers, body } }, words) {
  if (body === '') return method === 'POST' ? [`--data-raw ''`] : [];
  const isForm = kind === 'browser' && (headers['content-type'] ?? '').includes('x-www-form-urlencoded');
  return isForm && body.match(MASKED) !== null ? words.fields(body) : [`--data-raw ${words.text(body)}`];
}

/** A packet as the three files of a sample, as in `fixtures/packets/`. */
export function asFixture(entry) {
  const { request, errcode, operations, release, answer = '' } = entry;
  const failed = operations
    .flatMap(({ results }) => results.map((result) => result.errcode))
    .find((code) => code > 0);
  const error = errcode ?? failed;
  const { http_auth_login: login, http_auth_passwd: password, ...headers } = request.headers;
  const facts = {
    source: { kind: 'assumed', at: 'the inspector of plesk-emulator', says: 'as this emulator answered it' },
    plesk: release,
    headers: Object.fromEntries(
      Object.entries(headers)
        .filter(([name]) => isCarried(name) && name !== 'user-agent')
        .map(([name, value]) => [spelled(name), value === '..' ? `$${NAMES[name] ?? 'SECRET'}` : value]),
    ),
    ...(login === undefined || login === 'admin'
      ? {}
      : { caller: { login, ...(password === undefined ? {} : { password: '$PLESK_PASSWORD' }) } }),
    ...(error === undefined ? {} : { errcode: error }),
  };
  const folder = `fixtures/packets/${operations[0]?.name ?? 'packet/refused'}`;
  return [
    { name: `${folder}/sample-${entry.id}.request.xml`, text: request.body },
    { name: `${folder}/sample-${entry.id}.response.xml`, text: answer },
    { name: `${folder}/sample-${entry.id}.json`, text: `${JSON.stringify(facts, undefined, 2)}\n` },
  ];
}

/** The spelling that Plesk's documentation has. */
const spelled = (name) =>
  /^http_|^key$/.test(name)
    ? name.toUpperCase()
    : name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** Writes words of a shell, and remembers the variables that it put into them. */
function shellWords() {
  const used = new Set();
  const quoted = (text) => (text === '' ? '' : `'${text.replaceAll("'", String.raw`'\''`)}'`);
  const variable = (name) => {
    used.add(`$${name}`);
    return `"$${name}"`;
  };
  const text = (from) => {
    const masks = [...from.matchAll(MASKED)];
    if (masks.length === 0) return from === '' ? "''" : quoted(from);
    let at = 0;
    let word = '';
    for (const mask of masks) {
      const name = mask[0] === '..' ? nameBefore(from, mask.index) : 'PLESK_TOKEN';
      word += quoted(from.slice(at, mask.index)) + variable(name);
      at = mask.index + mask[0].length;
    }
    return word + quoted(from.slice(at));
  };
  return {
    text,
    variable,
    header: (name, value, secret) =>
      value === '..'
        ? quoted(`${name}: `) + variable(secret ?? 'SECRET')
        : text(value === '' ? `${name};` : `${name}: ${value}`),
    /** Each field of a query or form, which curl encodes again. */
    fields: (encoded) =>
      [...new URLSearchParams(encoded)].map(([name, value]) => {
        const secret = nameBefore(`${name}=`, name.length + 1);
        const word = value === '..' ? quoted(`${name}=`) + variable(secret) : text(`${name}=${value}`);
        return `--data-urlencode ${word}`;
      }),
    /** The header of cookies: its secrets are not those of the rest. */
    cookies: (value) => {
      let nth = 0;
      const values = value.split('; ').map((cookie) => {
        const [name, masked = ''] = cookie.split(/=(.*)/s, 2);
        if (masked.match(MASKED) === null && masked !== '..') return quoted(cookie);
        nth += 1;
        return quoted(`${name}=`) + variable(nth === 1 ? 'PLESK_COOKIE' : `PLESK_COOKIE_${nth}`);
      });
      return quoted('Cookie: ') + values.join(quoted('; '));
    },
    used: () => [...used],
  };
}

/** A variable's name for the element, or the parameter, whose whole text is masked. */
function nameBefore(text, at) {
  const before = text.slice(0, at);
  const parameter = /([\w.-]+)=$/.exec(before)?.[1];
  if (parameter !== undefined) return /pass/i.test(parameter) ? 'PLESK_PASSWORD' : variableOf(parameter);
  const name = /<([\w.-]+)[^<>]*>$/.exec(before)?.[1] ?? 'secret';
  return name.toUpperCase().replace(/[^A-Z\d]/g, '_');
}
