import * as fc from 'fast-check';

/** An element as the generator builds it; written as text only at the end, so that mutations cannot break XML. */
interface Node {
  name: string;
  attributes: string;
  children: (Node | string)[];
}

const node = (name: string, ...children: (Node | string)[]): Node => ({ name, attributes: '', children });

const word = fc.constantFrom(
  'admin',
  '',
  ' ',
  'MTI3LjAuMC4x',
  '127.0.0.1',
  '7',
  '0',
  '-1',
  'true',
  'x y',
  'ä',
);

const leaf = (name: string): fc.Arbitrary<Node> => word.map((text) => node(name, text));

const maybe = (arbitrary: fc.Arbitrary<Node>): fc.Arbitrary<Node[]> =>
  fc.option(arbitrary, { nil: undefined }).map((made) => (made === undefined ? [] : [made]));

const inOrder = (name: string, ...parts: fc.Arbitrary<Node[]>[]): fc.Arbitrary<Node> =>
  fc.tuple(...parts).map((made) => node(name, ...made.flat()));

const one = (arbitrary: fc.Arbitrary<Node>): fc.Arbitrary<Node[]> => arbitrary.map((made) => [made]);

const several = (arbitrary: fc.Arbitrary<Node>): fc.Arbitrary<Node[]> =>
  fc.array(arbitrary, { minLength: 0, maxLength: 3 });

const data = inOrder(
  'data',
  one(leaf('user_ip')),
  maybe(leaf('c_email')),
  maybe(leaf('c_phone')),
  maybe(leaf('starting_url')),
  one(leaf('source_server')),
  ...'navigation pathbar logo_img_url logo_img_ref locale_id skin domain_name disable_lock_screen max_button_length back_url'
    .split(' ')
    .map((name) => maybe(leaf(name))),
);

const DATASETS =
  'gen_info components stat admin interfaces services_state prefs shells session_setup site-isolation-config updates';

const keyFilter = fc.oneof(
  fc
    .constantFrom('key-id', 'name')
    .chain((kind) => inOrder('filter', fc.array(leaf(kind), { minLength: 1, maxLength: 2 }))),
  fc.constantFrom('all', 'main', 'all-additional').map((kind) => node('filter', node(kind))),
);

/** A leaf with one of the words, or with one that its type is known to accept or to refuse. */
const leafOf = (name: string, ...words: string[]): fc.Arbitrary<Node> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...words).map((text) => node(name, text)) },
    fc.oneof(leaf(name), fc.constant(node(name))),
  );

const CONTACT =
  'admin_cname admin_pname admin_phone admin_fax admin_email admin_address admin_city admin_state admin_pcode admin_country send_announce'.split(
    ' ',
  );
const contact = fc
  .tuple(
    ...CONTACT.map((name) => {
      if (name === 'admin_email')
        return leafOf(name, 'a@b.example', ' ä.b+c@d-1.example. ', 'a b@c', 'a@b..c');
      if (name === 'admin_pcode') return leafOf(name, '12345', ' 1234567890 ', '12345678901');
      return name === 'send_announce' ? leafOf(name, 'true', ' 0 ', 'yes') : leaf(name);
    }),
  )
  .map((made): Node[] => made);
const admin = inOrder(
  'admin',
  fc.oneof({ weight: 4, arbitrary: contact }, fc.constant<Node[]>([])),
  maybe(leaf('uid')),
  maybe(leaf('global-login')),
);

const pref = fc.oneof(
  leafOf('stat_ttl', '3', ' -03 ', 'x'),
  leafOf('traffic_accounting', '1', '+3', ' 02 ', '4', ' 04 '),
  leafOf('restart_apache_interval', '60', 'often'),
  leafOf('apache_pipelog', 'true', ' 1 ', 'on'),
  leafOf('outgoing_antispam', 'false', '0', 'off'),
  leafOf('smtp_port', '25', '0', '65536'),
  leafOf('report_period', 'P1D', ' P1M ', 'P1Y'),
  leafOf('smtp_password', 'x'),
  leafOf('waf-rule-set', 'crs', 'none'),
);
const password = leafOf('password', 'changeme', ' a  b c ', 'a  b c', 'x'.repeat(256));

const server = fc.oneof(
  { weight: 4, arbitrary: inOrder('create_session', one(leaf('login')), maybe(data)) },
  fc.constant(node('get_protos')),
  inOrder(
    'get',
    maybe(inOrder('key', maybe(keyFilter))),
    ...DATASETS.split(' ').map((name) => maybe(fc.constant(node(name)))),
  ),
  inOrder(
    'set',
    maybe(admin),
    maybe(password),
    maybe(inOrder('prefs', fc.array(pref, { maxLength: 3 }))),
    maybe(inOrder('session_setup', one(leaf('login_timeout')))),
    maybe(leaf('external-id')),
    maybe(fc.constantFrom('standard', 'poweruser', 'none').map((mode) => node('mode', mode))),
  ),
);

const session = fc.oneof(fc.constant(node('get')), inOrder('terminate', one(leaf('session-id'))));

const keys = inOrder('filter', several(leaf('key')));
const secretKey = fc.oneof(
  inOrder('create', maybe(leaf('ip_address')), maybe(leaf('description')), maybe(leaf('login'))),
  inOrder('get_info', one(keys)),
  inOrder('delete', one(keys)),
);

const customerFilter = fc
  .constantFrom('id', 'login', 'owner-id', 'owner-login', 'guid', 'external-id')
  .chain((kind) => inOrder('filter', several(leaf(kind))));
const dataset = inOrder('dataset', maybe(fc.constant(node('gen_info'))), maybe(fc.constant(node('stat'))));
const customer = fc.oneof(
  inOrder('get', one(customerFilter), one(dataset)),
  inOrder('del', one(customerFilter)),
);

const operator = (name: string, operation: fc.Arbitrary<Node>): fc.Arbitrary<Node> =>
  fc.array(operation, { minLength: 1, maxLength: 3 }).map((made) => node(name, ...made));

const settings = fc
  .array(inOrder('setting', one(leaf('name')), maybe(leaf('value'))), { minLength: 1, maxLength: 2 })
  .map((made) => node('request-settings', ...made));

const packet = inOrder(
  'packet',
  fc.oneof({ weight: 5, arbitrary: fc.constant<Node[]>([]) }, one(settings)),
  fc.array(
    fc.oneof(
      { weight: 4, arbitrary: operator('server', server) },
      operator('session', session),
      operator('secret_key', secretKey),
      operator('customer', customer),
    ),
    { minLength: 1, maxLength: 2 },
  ),
);

// Not `packet`: where anything may stand, libxml2 would hold that one against its declaration again.
const NAMES =
  'server session customer login data user_ip user-ip source_server get terminate get_protos foo filter key id constructor __proto__ toString request-settings setting'.split(
    ' ',
  );

/** One thing done to one element of the tree, both chosen by number. */
const mutation = fc.record({
  at: fc.nat(),
  what: fc.constantFrom(
    'drop',
    'twice',
    'swap',
    'rename',
    'insert',
    'text',
    'cdata',
    'blank',
    'attribute',
    'namespace',
    'comment',
    'line',
  ),
  where: fc.nat(),
  name: fc.constantFrom(...NAMES),
});

/** Packets of version 1.6.6.0, most of them broken in one to three places, all of them well formed. */
export const brokenPackets = fc
  .tuple(packet, fc.array(mutation, { maxLength: 3 }))
  .map(([made, mutations]) => {
    const root = structuredClone(made);
    for (const change of mutations) mutate(root, change);
    root.attributes += ' version="1.6.6.0"';
    return render(root);
  });

function mutate(
  root: Node,
  { at, what, where, name }: typeof mutation extends fc.Arbitrary<infer T> ? T : never,
): void {
  const all = elementsOf(root);
  const chosen = all[at % all.length] ?? root;
  const { children } = chosen;
  const index = where % (children.length + 1);
  const other = children[index];
  if (what === 'rename') chosen.name = name;
  else if (what === 'attribute') chosen.attributes += ` a${all.length}${chosen.attributes.length}="1"`;
  else if (what === 'namespace') chosen.attributes = ` xmlns="urn:x${all.length}"`;
  else if (what === 'line') chosen.attributes += '\n';
  else if (what === 'insert') children.splice(index, 0, node(name));
  else if (what === 'text') children.splice(index, 0, 'stray');
  else if (what === 'blank') children.splice(index, 0, '\r\n ');
  else if (what === 'cdata') children.splice(index, 0, '<![CDATA[]]>');
  else if (what === 'comment') children.splice(index, 0, '<!-- c\n -->');
  else if (other === undefined) return;
  else if (what === 'drop') children.splice(index, 1);
  else if (what === 'twice') children.splice(index, 0, structuredClone(other));
  else children.splice(index, 1, ...children.slice(index + 1, index + 2), other);
}

const elementsOf = (root: Node): Node[] => [
  root,
  ...root.children.flatMap((child) => (typeof child === 'string' ? [] : elementsOf(child))),
];

const render = ({ name, attributes, children }: Node): string =>
  `<${name}${attributes}>${children.map((child) => (typeof child === 'string' ? child : render(child))).join('')}</${name}>`;
