import type { EmulatorOptions } from '../../server/emulator.ts';
import type { AccountShown } from '../../server/control/interface.ts';
import type { Started } from './emulator.ts';
import { DEMO, start } from './emulator.ts';
import { credentials, post } from './wire.ts';

const PASSWORD = 'customer1Q**';

/** Two resellers; carl is the administrator's, cora and cleo are rita's, rolf is ralf's. */
export const FAMILY = [
  { login: 'rita', password: 'reseller1Q**', role: 'reseller' },
  { login: 'ralf', password: 'reseller1Q**', role: 'reseller' },
  { login: 'carl', password: PASSWORD, role: 'customer', externalId: 'x-1' },
  { login: 'cora', password: PASSWORD, role: 'customer', owner: 'rita', externalId: 'x-2' },
  { login: 'cleo', password: PASSWORD, role: 'customer', owner: 'rita', externalId: 'x-1' },
  { login: 'rolf', password: PASSWORD, role: 'customer', owner: 'ralf', externalId: 'x-1' },
] as const;

/** Their ids; the administrator has 1. */
export const ID = { admin: 1, rita: 2, ralf: 3, carl: 4, cora: 5, cleo: 6, rolf: 7 } as const;

export type Caller = keyof typeof ID;

/** How each of them calls. */
export const as = (login: Caller): Record<string, string> => {
  const password = FAMILY.find((one) => one.login === login)?.password ?? DEMO.admin.password;
  return credentials({ login, password });
};

/** Starts an emulator with the family. */
export const startFamily = (options: EmulatorOptions = {}): Promise<Started> =>
  start({ seed: { accounts: [{ ...DEMO.admin, role: 'admin' }, ...FAMILY] }, ...options });

/** A packet with these operations of `customer`. */
export const inCustomer = (operations: string, version?: string): string =>
  `<packet${version === undefined ? '' : ` version="${version}"`}><customer>${operations}</customer></packet>`;

/** A filter of one kind with these values, or an empty one. */
export const filterBy = (kind = '', ...values: readonly (string | number)[]): string =>
  `<filter>${values.map((value) => `<${kind}>${value}</${kind}>`).join('')}</filter>`;

/** The operation `add`, with a password that every release takes unless there is one. */
export function adding(genInfo: Readonly<Record<string, string>>): string {
  const given: Readonly<Record<string, string>> = { pname: 'N', login: 'nora', passwd: PASSWORD, ...genInfo };
  return `<add>${elementsOf(given, ADD)}</add>`;
}

/** The operation `get` of gen_info. */
export const getting = (filter: string, dataset = '<gen_info/>'): string =>
  `<get>${filter}<dataset>${dataset}</dataset></get>`;

/** The operation `set` of gen_info. */
export const setting = (filter: string, genInfo: Readonly<Record<string, string>>): string =>
  `<set>${filter}<values>${elementsOf(genInfo, SET)}</values></set>`;

const CONTACT = 'status phone fax email address city state pcode country locale'.split(' ');
const LAST = ['external-id', 'description'];
const OWNER = ['owner-id', 'owner-login', 'owner-external-id'];
const ADD = ['cname', 'pname', 'login', 'passwd', ...CONTACT, ...OWNER, ...LAST];
const SET = ['cname', 'pname', 'login', 'passwd', ...CONTACT, 'guid', ...LAST];

const elementsOf = (given: Readonly<Record<string, string>>, order: readonly string[]): string =>
  `<gen_info>${order
    .flatMap((name) => (given[name] === undefined ? [] : [`<${name}>${given[name]}</${name}>`]))
    .join('')}</gen_info>`;

/** The results of an answer, a line each: `filter-id: errcode`, `filter-id = id`, or as much of it as there is. */
export const saidIn = (answer: string): readonly string[] =>
  [...answer.matchAll(/<result>(.*?)<\/result>/g)].map(([, result = '']) => {
    const filterId = textIn(result, 'filter-id');
    const errcode = textIn(result, 'errcode');
    const id = textIn(result, 'id');
    if (errcode !== undefined) return filterId === undefined ? errcode : `${filterId}: ${errcode}`;
    if (id === undefined) return filterId === undefined ? 'ok' : `${filterId}: ok`;
    return filterId === undefined ? `= ${id}` : `${filterId} = ${id}`;
  });

/** The text of the first element of a name. */
export const textIn = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];

/** Sends operations of `customer`, and answers what became of each result. */
export const tell = async (
  plesk: Started['plesk'],
  operations: string,
  caller: Caller = 'admin',
): Promise<readonly string[]> => saidIn(await post(plesk, inCustomer(operations), as(caller)));

/** What `get` shows the administrator of one customer, the text of an element of gen_info. */
export const shown = async (
  plesk: Started['plesk'],
  login: string,
  name: string,
): Promise<string | undefined> =>
  textIn(
    /<gen_info>.*<\/gen_info>/.exec(await post(plesk, inCustomer(getting(filterBy('login', login)))))?.[0] ??
      '',
    name,
  );

/** Everything that the emulator keeps of all accounts. */
export const everybody = ({ plesk }: Pick<Started, 'plesk'>): Promise<readonly AccountShown[]> =>
  plesk.accounts.list();
