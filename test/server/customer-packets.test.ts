import { expect, it } from 'vitest';
import type { ReleaseName } from '../../server/protocol/versions/releases.ts';
import {
  adding,
  as,
  filterBy,
  getting,
  inCustomer,
  saidIn,
  setting,
  startFamily,
} from '../support/customers.ts';
import { post, resultsIn } from '../support/wire.ts';

const BROKEN = '<get><filter><id>0</id></filter><dataset/></get>';

it.each([
  ['add', adding({})],
  ['set', setting('<filter/>', { city: 'X', login: 'x' })],
  ['del', '<del><filter/></del>'],
  ['convert-to-reseller', '<convert-to-reseller><filter/></convert-to-reseller>'],
  ['change-owner', '<change-owner><filter/><new-owner-login>rita</new-owner-login></change-owner>'],
])(
  'does nothing of %s where an operation after it, or another operator, is refused',
  async (_name, operation) => {
    const { plesk } = await startFamily();
    const before = await plesk.accounts.list();

    for (const packet of [
      inCustomer(operation + BROKEN),
      `<packet><customer>${operation}</customer><server><nope/></server></packet>`,
      `<packet><customer>${operation}</customer><nope/></packet>`,
      `<packet><customer>${operation}</customer>`,
    ]) {
      expect(await post(plesk, packet)).toContain('<system><status>error</status><errcode>1014</errcode>');
    }

    expect(await plesk.accounts.list()).toEqual(before);
  },
);

it('answers operators and operations in the order of the packet, one that fails stopping no other', async () => {
  const { plesk } = await startFamily();

  const answer = await post(
    plesk,
    `<packet><customer>${adding({})}${adding({})}</customer><server><get_protos/></server><customer>${getting(filterBy('id', 99))}<del>${filterBy('id', 8)}</del>${getting(filterBy('id', 8))}</customer></packet>`,
  );

  expect(answer.match(/<(customer|server|add|get|del|get_protos)>/g)).toEqual(
    ['customer', 'add', 'add', 'server', 'get_protos', 'customer', 'get', 'del', 'get'].map(
      (name) => `<${name}>`,
    ),
  );
  expect(saidIn(answer).filter((said) => said !== 'ok')).toEqual([
    '= 8',
    '1007',
    '99: 1013',
    '8 = 8',
    '8: 1013',
  ]);
});

const NO_OPERATION =
  /Element 'get-domain-list': This element is not expected\. Expected is one of \( ([\w, -]+) \)/;

it.each<[ReleaseName, string, string]>([
  ['18.0', '1.6.9.1', 'ok'],
  ['18.0', '1.6.8.0', 'ok'],
  ['18.0', '1.6.7.0', 'ok'],
  ['18.0', '1.6.6.0', '1017'],
  ['18.0', '1.6.3.0', '1017'],
  ['12.5', '1.6.7.0', 'ok'],
  ['12.5', '1.6.6.0', '1017'],
  ['12.0', '1.6.6.0', '1014'],
  ['10.4', '1.6.3.4', '1014'],
])('answers get-domain-list on %s in a packet of %s by %s', async (plesk, version, outcome) => {
  const started = await startFamily({ plesk });

  const answer = await post(
    started.plesk,
    inCustomer('<get-domain-list><filter/></get-domain-list>', version),
  );

  if (outcome === 'ok') expect(answer.match(/<domains><\/domains>/g)).toHaveLength(4);
  else expect(answer).toContain(`<errcode>${outcome}</errcode>`);
  if (outcome === '1017') {
    expect(resultsIn(answer)).toEqual([
      `1017 This feature is not supported for protocol version ${version}.`,
    ]);
  }
  if (outcome === '1014') {
    expect(NO_OPERATION.exec(answer)?.[1]).toBe(
      'add, get, del, set, set-billing-info, convert-to-reseller, change-owner',
    );
  }
});

it.each<[ReleaseName, string, boolean]>([
  ['18.0', '1.6.9.1', false],
  ['18.0', '1.6.8.0', false],
  ['18.0', '1.6.7.0', true],
  ['18.0', '1.6.3.5', true],
  ['17.0', '1.6.8.0', false],
  ['12.5', '1.6.7.0', true],
  ['11.5', '1.6.3.5', true],
])('knows set-billing-info on %s in a packet of %s: %s', async (plesk, version, isKnown) => {
  const started = await startFamily({ plesk });

  const answer = await post(
    started.plesk,
    inCustomer(`<set-billing-info>${filterBy('id', 4)}<values/></set-billing-info>`, version),
  );

  if (isKnown) expect(saidIn(answer)).toEqual(['4 = 4']);
  else {
    expect(answer).toContain(
      "Element 'set-billing-info': This element is not expected. Expected is one of ( add, get, del, set, convert-to-reseller, change-owner, get-domain-list ).",
    );
  }
});

it.each<[string, boolean, boolean]>([
  ['1.6.3.0', false, true],
  ['1.6.3.5', false, true],
  ['1.6.5.0', false, true],
  ['1.6.6.0', true, true],
  ['1.6.7.0', true, true],
  ['1.6.9.0', true, true],
  ['1.6.9.1', true, false],
])('shows in a packet of %s a description: %s, and webapps: %s', async (version, description, webapps) => {
  const { plesk } = await startFamily();

  const answer = await post(plesk, inCustomer(getting(filterBy('id', 4), '<gen_info/><stat/>'), version));

  expect(answer.includes('<description></description>')).toBe(description);
  expect(answer.includes('<webapps>0</webapps>')).toBe(webapps);
  expect(answer.indexOf('<gen_info>')).toBeLessThan(answer.indexOf('<stat>'));
});

it.each(['1.6.2.0', '1.4.2.0', '1.0.0.0'])(
  'knows no operator customer in a packet of %s',
  async (version) => {
    const { plesk } = await startFamily();

    expect(await post(plesk, inCustomer(getting('<filter/>'), version))).toContain(
      "Element 'customer': This element is not expected. Expected is one of ( server, client, domain,",
    );
  },
);

it.each([
  [{}, '<cname></cname>'],
  [{ HTTP_PRETTY_PRINT: 'TRUE' }, '<cname/>'],
])('writes an empty text with the headers %j as %s', async (headers, text) => {
  const { plesk } = await startFamily();

  const answer = await post(plesk, inCustomer(getting(filterBy('id', 4))), { ...as('admin'), ...headers });

  expect(answer).toContain(text);
});
