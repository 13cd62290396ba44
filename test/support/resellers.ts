import type { Caller } from './customers.ts';
import { as, saidIn } from './customers.ts';
import type { Started } from './emulator.ts';
import { post } from './wire.ts';

/** A packet with these operations of `reseller`. */
export const inReseller = (operations: string): string =>
  `<packet><reseller>${operations}</reseller></packet>`;

/** The operation `add`, of somebody called ron unless it is said otherwise, with what follows gen-info. */
export const addingReseller = (after = '', login = 'ron'): string =>
  `<add><gen-info><pname>N</pname><login>${login}</login><passwd>${NEW.password}</passwd></gen-info>${after}</add>`;

/** How a reseller who was added so calls. */
export const NEW = { login: 'ron', password: 'reseller1Q**' } as const;

/** The operation `set` of one login. */
export const settingReseller = (login: string, values: string): string =>
  `<set><filter><login>${login}</login></filter><values>${values}</values></set>`;

/** The operation `get` of one login. */
export const gettingReseller = (login: string, dataset: string): string =>
  `<get><filter><login>${login}</login></filter><dataset>${dataset}</dataset></get>`;

/** Permissions by name. */
export const permitting = (permissions: Readonly<Record<string, boolean>>): string =>
  `<permissions>${pairs('permission', permissions)}</permissions>`;

/** Limits by name. */
export const limiting = (limits: Readonly<Record<string, number>>): string =>
  `<limits>${pairs('limit', limits)}</limits>`;

const pairs = (kind: string, values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([name, value]) => `<${kind}><name>${name}</name><value>${String(value)}</value></${kind}>`)
    .join('');

/** Sends operations of `reseller`, and answers what became of each result. */
export const tellResellers = async (
  plesk: Started['plesk'],
  operations: string,
  caller: Caller = 'admin',
): Promise<readonly string[]> => saidIn(await post(plesk, inReseller(operations), as(caller)));

/** The value of a limit or permission in an answer. */
export const valueOf = (answer: string, name: string): string | undefined =>
  new RegExp(`<name>${name}</name><value>([^<]*)</value>`).exec(answer)?.[1];
