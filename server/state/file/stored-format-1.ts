import * as z from 'zod';
import { Secret } from '../../../base/secret.ts';
import { guidOfLogin, NO_CONTACT, STATUS } from '../account.ts';
import { CREATE_CLIENTS, NO_TERMS, REMOTE_API } from '../reseller-terms.ts';
import type { SeededAccount } from '../seed-state.ts';
import type { ServerSettings } from '../server-settings.ts';
import { NO_RESTRICTION, STANDARD_ADDRESSES } from '../server-settings.ts';
import { ACCOUNT_FIELDS, SETTINGS_FIELDS } from './stored-records.ts';

/** An account of the first format, which knew less of it. */
export const AccountOfFormat1 = z.strictObject({
  ...ACCOUNT_FIELDS,
  status: z.enum(['active', 'suspended']),
  remoteApi: z.boolean(),
});

export const SettingsOfFormat1 = z.strictObject(SETTINGS_FIELDS);

/** What an account of the first format is now, as a seed without a word of the rest would have made it. */
export function accountOfFormat1({
  password,
  ownerId,
  status,
  remoteApi,
  ...rest
}: z.output<typeof AccountOfFormat1>): SeededAccount {
  const permissions = { [REMOTE_API]: remoteApi, [CREATE_CLIENTS]: true };
  return {
    ...NO_CONTACT,
    ...rest,
    password: new Secret(password),
    ownerId,
    guid: guidOfLogin(rest.login),
    externalId: '',
    status: status === 'suspended' ? STATUS.byAdministrator : 0,
    createdAt: undefined,
    terms: rest.role === 'reseller' ? { ...NO_TERMS, permissions } : undefined,
  };
}

export const settingsOfFormat1 = (settings: z.output<typeof SettingsOfFormat1>): ServerSettings => ({
  ...settings,
  externalId: settings.externalId,
  addresses: STANDARD_ADDRESSES,
  disabledLocales: [],
  misc: {},
  domainRestriction: NO_RESTRICTION,
});
