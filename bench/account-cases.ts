import type { Child } from './child.ts';
import { memberAt, resellerAt, SMALL, TEN } from './crowd.ts';
import type { Member } from './crowd.ts';
import { run } from './load.ts';
import { post } from './wire.ts';

/** An operation to measure on crowds of two sizes, a packet a time. */
export interface AccountCase {
  readonly name: string;
  /** The operator's element of the packet with this number, for so many customers. */
  readonly packet: (number: number, customers: number) => string;
  /** How many results are in each answer; 1 without it. */
  readonly results?: number;
  /** What an answer has besides. */
  readonly says?: string;
  /** What has to be there before, by the number of the packet. */
  readonly before?: (number: number) => string;
}

const find = (filter: string): string =>
  `<customer><get><filter>${filter}</filter><dataset><gen_info/></dataset></get></customer>`;

const findMember =
  (filter: (member: Member) => string): AccountCase['packet'] =>
  (number, customers) =>
    find(filter(memberAt(number, customers)));

const add = (number: number): string =>
  `<customer><add><gen_info><cname>Example Ltd</cname><pname>New ${number}</pname><login>new${number}</login>` +
  `<passwd>crowded1Q**</passwd><email>new${number}@example.com</email><external-id>new-${number}</external-id>` +
  '</gen_info></add></customer>';

const suspension = (number: number): string =>
  `<reseller><set><filter><login>${TEN.login}</login></filter><values><gen-info>` +
  `<status>${number % 2 === 0 ? 16 : 0}</status></gen-info></values></set></reseller>`;

const SHOWN = '<external-id>whmcs-';

export const ACCOUNT_CASES: readonly AccountCase[] = [
  { name: 'customer/add', packet: add },
  { name: 'customer/get by id', packet: findMember(({ id }) => `<id>${id}</id>`), says: SHOWN },
  {
    name: 'customer/get by login',
    packet: findMember(({ login }) => `<login>${login}</login>`),
    says: SHOWN,
  },
  { name: 'customer/get by guid', packet: findMember(({ guid }) => `<guid>${guid}</guid>`), says: SHOWN },
  {
    name: 'customer/get by external-id',
    packet: findMember(({ externalId }) => `<external-id>${externalId}</external-id>`),
    says: SHOWN,
  },
  {
    name: 'customer/get by owner-login, three found',
    packet: () => find(`<owner-login>${SMALL.login}</owner-login>`),
    results: SMALL.customers,
    says: SHOWN,
  },
  {
    name: 'customer/set by id',
    packet: (number, customers) => changeOf(memberAt(number, customers), number),
  },
  {
    name: 'customer/del by login',
    packet: (number) => `<customer><del><filter><login>new${number}</login></filter></del></customer>`,
    before: add,
  },
  {
    name: 'reseller/get by login',
    packet: (number) =>
      `<reseller><get><filter><login>${resellerAt(number)}</login></filter><dataset><gen-info/></dataset></get></reseller>`,
    says: '<gen-info>',
  },
  { name: 'reseller/set, suspends one with ten customers', packet: suspension },
];

/** Changes the phone of a customer. */
export const changeOf = ({ id }: Member, number: number): string =>
  `<customer><set><filter><id>${id}</id></filter><values><gen_info><phone>+49 30 ${number}</phone>` +
  '</gen_info></values></set></customer>';

/** The requests of a case, after all that has to be there before is there. */
export async function prepared(
  { packet, before }: AccountCase,
  count: number,
  customers: number,
  server: Child,
): Promise<readonly Buffer[]> {
  const made = (make: (number: number) => string): Buffer[] =>
    Array.from({ length: count }, (_, number) => requestOf(make(number), server));
  if (before !== undefined) {
    const check = (answer: string): string | undefined => wrongWith(answer, 1);
    await run({ port: server.ready.port, connections: 10, requests: made(before), check });
  }
  return made((number) => packet(number, customers));
}

/** One request with an operator's element. */
export const requestOf = (operator: string, { ready }: Child): Buffer =>
  post(`<packet>${operator}</packet>`, ready);

/** What is wrong with an answer that should have so many good results. */
export function wrongWith(answer: string, results: number, says = ''): string | undefined {
  if (!answer.startsWith('HTTP/1.1 200 ')) return 'the status is not 200';
  const good = answer.split('<status>ok</status>').length - 1;
  if (good !== results) return `it has ${good} results that are ok, not ${results}`;
  return answer.includes(says) ? undefined : `it does not say ${says}`;
}
