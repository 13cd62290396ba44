import { nearestName } from '../../base/nearest.ts';
import type { StoredAccount } from '../directory/schema.ts';
import { UsageError } from './invocation.ts';

/** What `--account` says of an account; what it leaves out stays as it was. */
export type AccountChange = Pick<StoredAccount, 'service_id'> & Partial<StoredAccount>;

/** Takes the values of a flag that may be repeated out of the arguments; what has no value is left in them. */
export function takeRepeated(
  args: readonly string[],
  flag: string,
): { readonly texts: readonly string[]; readonly rest: readonly string[] } {
  const texts: string[] = [];
  const rest: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    const next = args[index + 1];
    if (arg === '--') return { texts, rest: [...rest, ...args.slice(index)] };
    if (arg.startsWith(`${flag}=`)) texts.push(arg.slice(flag.length + 1));
    else if (arg === flag && next !== undefined) {
      texts.push(next);
      index += 1;
    } else rest.push(arg);
  }
  return { texts, rest };
}

const FIELDS = ['service_id', 'server', 'login', 'role', 'primary'] as const;

/** Reads `service_id=101,server=plesk-1,login=bob,role=customer,primary`; a UsageError names every mistake. */
export function accountFrom(text: string): AccountChange {
  const mistakes: string[] = [];
  const values = new Map<string, string>();
  for (const part of text.split(',').map((one) => one.trim())) {
    const [, name = '', value = 'true'] = /^([^=]*)(?:=(.*))?$/s.exec(part) ?? [];
    if (!FIELDS.some((field) => field === name)) mistakes.push(unknownField(name));
    else if (values.has(name)) mistakes.push(`--account: ${name} stands twice`);
    values.set(name, value);
  }
  const [id, server, login] = ['service_id', 'server', 'login'].map((name) => values.get(name));
  const role = roleFrom(values.get('role'), mistakes);
  const primary = primaryFrom(values.get('primary'), mistakes);
  if (id === undefined) mistakes.push('--account: service_id=ID is missing');
  else if (!/^[1-9]\d{0,15}$/.test(id) || !Number.isSafeInteger(Number(id)))
    mistakes.push('--account: service_id must be a whole number from 1 on');
  if (mistakes.length > 0) throw new UsageError(mistakes);
  return {
    service_id: Number(id),
    ...(server === undefined ? {} : { server }),
    ...(login === undefined ? {} : { login }),
    ...(role === undefined ? {} : { role }),
    ...(primary === undefined ? {} : { primary }),
  };
}

function unknownField(name: string): string {
  const near = nearestName(name, FIELDS);
  const hint = near === undefined ? `there are ${FIELDS.join(', ')}` : `do you mean ${near}?`;
  return `--account: ${JSON.stringify(name)} is not known; ${hint}`;
}

const ROLES = ['customer', 'reseller', 'admin'] as const;

function roleFrom(text: string | undefined, mistakes: string[]): StoredAccount['role'] | undefined {
  const role = ROLES.find((one) => one === text);
  if (role === undefined && text !== undefined)
    mistakes.push(`--account: role must be one of ${ROLES.join(', ')}`);
  return role;
}

function primaryFrom(text: string | undefined, mistakes: string[]): boolean | undefined {
  if (text === undefined) return undefined;
  if (text !== 'true' && text !== 'false')
    mistakes.push('--account: primary is true, false, or stands alone');
  return text === 'true';
}

/**
 * The accounts of a user after a change: it is made to the one with its service_id, or adds one; where it is primary, no
 * other is. A new account is a customer's unless said otherwise; a UsageError names what it misses.
 */
export function withAccount(accounts: readonly StoredAccount[], change: AccountChange): StoredAccount[] {
  const { service_id } = change;
  const before = accounts.find((account) => account.service_id === service_id);
  const { server, login, role = 'customer', primary = false } = { ...before, ...change };
  if (server === undefined || login === undefined)
    throw new UsageError([`--account: the new account ${service_id} needs server=ID and login=LOGIN`]);
  const account = { service_id, server, login, role, ...(primary ? { primary } : {}) };
  const others = accounts.map((other) => {
    if (other === before) return account;
    const { primary: isPrimary, ...rest } = other;
    return isPrimary === true && primary ? rest : other;
  });
  return before === undefined ? [...others, account] : others;
}
