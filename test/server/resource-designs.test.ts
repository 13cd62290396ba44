// The operators that are built next, as far as their form goes: what each needs of a resource is there, and its types fit
// the requests. Their rows are made up here; nothing of this is registered.
import { expect, it } from 'vitest';
import type { Asked } from '../../server/operations/filter.ts';
import type { Call, Operation } from '../../server/operations/define.ts';
import { findBy } from '../../server/operations/filter.ts';
import { filterIdAndId, identityIn, verbsOf } from '../../server/operations/resource.ts';
import { element, renderCompact } from '../../server/protocol/answer-xml.ts';
import { FAULTS } from '../../server/protocol/faults.ts';
import { renderResult } from '../../server/protocol/result.ts';
import { documented } from '../../server/protocol/source.ts';
import { Table } from '../../server/state/table.ts';

const FACTS = { source: documented('a design', 'see the operators'), callers: 'anyone' } as const;
const NONE = FAULTS.noSuchObject('It does not exist.', 'there is none');
const idOf = ({ id }: { readonly id: number }): string => String(id);
const id = (row: { readonly id: number }) => element('id', idOf(row));

interface Domain {
  readonly id: number;
  readonly name: string;
}
const domains = new Table<Domain, { readonly name: (row: Domain) => string }>({ name: ({ name }) => name }, [
  { id: 1, name: 'a.example' },
  { id: 2, name: 'b.example' },
]);

const webspace = verbsOf<'webspace', Domain>({
  operator: 'webspace',
  find: findBy(
    {
      id: (value) => [domains.get(Number(value)) ?? []].flat(),
      name: (value) => (domains.one('name', value) === undefined ? NONE : domains.by('name', value)),
    },
    () => domains.all(),
    idOf,
  ),
  idOf,
  faultIdentity: filterIdAndId,
  datasets: {
    gen_info: ({ name }) => [element('name', name)],
    hosting: () => [element('none', '')],
  },
});
const getWebspaces = webspace.get(FACTS);
const setWebspaces = webspace.set({ ...FACTS, change: () => NONE });

interface Record_ {
  readonly id: number;
  readonly site: string;
  readonly host: string;
}
const RECORDS: readonly Record_[] = [{ id: 7, site: '1', host: 'a.example.' }];
const dns = verbsOf<'dns', Record_>({
  operator: 'dns',
  // Nothing at all where there are none.
  *find({
    filter,
  }: {
    readonly filter: { readonly 'site-id'?: readonly string[] };
  }): Generator<Asked<Record_>> {
    for (const row of RECORDS.filter(({ site }) => filter['site-id']?.includes(site) !== false))
      yield { filterId: undefined, row };
  },
  idOf,
  container: 'data',
  always: ({ host }) => [element('host', host)],
});
const getRecords = dns.get({ ...FACTS, name: 'get_rec' });
const deleteRecords = dns.del({ ...FACTS, name: 'del_rec', remove: () => undefined });

interface Mailbox {
  readonly id: number;
  readonly name: string;
}
const mail = verbsOf<'mail', Mailbox>({
  operator: 'mail',
  find: ({ filter }: { readonly filter: { readonly name: readonly string[] } }) =>
    filter.name.map((name, at) => ({ filterId: undefined, row: { id: at + 1, name } })),
  idOf,
  identity: () => [],
  wrapper: 'mailname',
  container: 'none',
  askedIn: 'request',
  always: (row) => [id(row), element('name', row.name)],
  datasets: { mailbox: () => [element('enabled', 'true')], aliases: () => [] },
});
const getMailboxes = mail.get({ ...FACTS, name: 'get_info' });

const mailname = verbsOf<'mail', Mailbox>({
  operator: 'mail',
  find: ({ filter }: { readonly filter: { readonly mailname: readonly { readonly name: string }[] } }) =>
    filter.mailname.map(({ name }, at) => ({
      filterId: name,
      row: name === 'x' ? NONE : { id: at + 1, name },
    })),
  idOf,
  identity: ({ filterId = '' }) => [element('name', filterId)],
  faultIdentity: identityIn('name'),
  wrapper: 'mailname',
});
const updateMailboxes = mailname.oneOf('update', {
  ...FACTS,
  answers: {
    add: () => undefined,
    remove: ({ name }, { filter }) => (filter['site-id'] === '1' ? [element('removed', name)] : NONE),
    set: () => undefined,
  },
});

const database = verbsOf<'database', Domain>({
  operator: 'database',
  find: findBy({ id: (value) => [domains.get(Number(value)) ?? []].flat() }, () => [], idOf),
  idOf,
  container: 'none',
  askedIn: 'request',
  always: ({ name }) => [element('name', name)],
});
const getDatabases = database.get({ ...FACTS, name: 'get-db' });
const addDatabase = database.add({
  ...FACTS,
  name: 'add-db',
  make: ({ name, 'webspace-id': webspaceId }) => (webspaceId === '9' ? NONE : { id: 3, name }),
});

const servicePlan = verbsOf<'service-plan', Domain>({
  operator: 'service-plan',
  find: findBy({ name: (value) => domains.by('name', value) }, () => domains.all(), idOf),
  idOf,
  identity: (_asked, shown = '') => [element('id', shown)],
  faultIdentity: identityIn('name'),
  container: 'none',
  askedIn: 'request',
  always: ({ name }) => [element('name', name)],
});
const getPlans = servicePlan.get(FACTS);

const answers = ({ run }: Operation, input: object): string =>
  run(input, {} as Call)
    .flatMap(renderResult)
    .map((one) => renderCompact(one))
    .join('');
const OK = '<result><status>ok</status>';

it.each([
  [
    'datasets in the order of the resource, whatever the request has',
    answers(getWebspaces, { filter: { name: ['a.example'] }, dataset: { hosting: true, gen_info: true } }),
    `${OK}<filter-id>a.example</filter-id><id>1</id><data><gen_info><name>a.example</name></gen_info><hosting><none></none></hosting></data></result>`,
  ],
  [
    'an object that is not there is no fault where its criterion says so',
    answers(getWebspaces, { filter: { id: ['5'] }, dataset: {} }),
    `${OK}<filter-id>5</filter-id></result>`,
  ],
  [
    'a fault about an object has filter-id alone, one about a value has the id too',
    answers(getWebspaces, { filter: { name: ['x'] }, dataset: {} }) +
      answers(setWebspaces, { filter: { id: ['2'] }, values: {} }),
    ['<filter-id>x</filter-id>', '<filter-id>2</filter-id><id>2</id>']
      .map(
        (named) =>
          `<result><status>error</status><errcode>1013</errcode><errtext>It does not exist.</errtext>${named}</result>`,
      )
      .join(''),
  ],
  [
    'records without a filter-id, and no result where there are none',
    answers(getRecords, { filter: { 'site-id': ['1'] }, dataset: {} }) +
      answers(deleteRecords, { filter: { 'site-id': ['2'] } }),
    `${OK}<id>7</id><host>a.example.</host><data></data></result>`,
  ],
  [
    'all of a result in one element, switches beside the filter',
    answers(getMailboxes, { filter: { 'site-id': '1', name: ['a'] }, aliases: true }),
    `${OK}<mailname><id>1</id><name>a</name><aliases></aliases></mailname></result>`,
  ],
  [
    'with what the request names of several',
    answers(updateMailboxes, { remove: { filter: { 'site-id': '1', mailname: [{ name: 'a' }] } } }) +
      (updateMailboxes.around?.({ remove: {} }) ?? ''),
    `${OK}<mailname><name>a</name><removed>a</removed></mailname></result>remove`,
  ],
  [
    'fields in the result itself',
    answers(getDatabases, { filter: { id: ['1'] } }) +
      answers(addDatabase, { 'webspace-id': '1', name: 'd', type: 'mysql' }),
    `${OK}<filter-id>1</filter-id><id>1</id><name>a.example</name></result>${OK}<id>3</id></result>`,
  ],
  [
    'no filter-id',
    answers(getPlans, { filter: { name: ['b.example'] } }),
    `${OK}<id>2</id><name>b.example</name></result>`,
  ],
])('answers %s', (_what, xml, expected) => {
  expect(xml).toBe(expected);
});
