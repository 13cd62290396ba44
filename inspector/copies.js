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

/** What stands for a secret in the journal: the whole text of an element or value, or the end of a token. */
const MASKED = /(?<=>)\.\.(?=<)|\b[\da-f]{6}\.\.(?![.\w])/gi;

/** A command that sends a packet, or a browser's request, to this emulator; and the placeholders that stand in it. */
export function asCurl(entry, origin) {
  const words = shellWords();
  const parts = ['curl -sS'];
  if (origin.startsWith('https:')) parts.push(`--cacert ${words.variable('PLESK_CA')}`);
  if (entry.kind === 'packet') {
    parts.push(words.text(`${origin}${entry.path}`));
    for (const [name, value] of Object.entries(entry.request.headers))
      if (isCarried(name)) parts.push(`-H ${words.header(spelled(name), value, NAMES[name])}`);
    // curl would name a type of its own.
    if (entry.request.headers['content-type'] === undefined) parts.push(`-H 'Content-Type:'`);
    if (entry.method !== 'POST') parts.push(`-X ${words.text(entry.method)}`);
    parts.push(`--data-raw ${words.text(entry.request.body)}`);
  } else {
    parts.push('-i', words.text(`${origin}${entry.path}`));
    if (entry.method === 'GET') parts.push('--get');
    for (const [name, value] of Object.entries(entry.params))
      parts.push(`--data-urlencode ${words.parameter(name, value)}`);
  }
  return { text: parts.join(' \\\n  '), placeholders: words.used() };
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
      const name = mask[0] === '..' ? elementBefore(from, mask.index) : 'PLESK_TOKEN';
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
    parameter: (name, value) =>
      value === '..' ? quoted(`${name}=`) + variable('PLESK_PASSWORD') : text(`${name}=${value}`),
    used: () => [...used],
  };
}

/** A variable's name for the element whose whole text is masked. */
function elementBefore(xml, at) {
  const name = /<([\w.-]+)[^<>]*>$/.exec(xml.slice(0, at))?.[1] ?? 'secret';
  return name.toUpperCase().replace(/[^A-Z\d]/g, '_');
}
