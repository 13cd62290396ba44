import type { Request } from 'express';
import { networksOf } from '../../base/networks.ts';
import { digestOf } from '../../base/secret.ts';
import type { Context } from '../context.ts';
import type { Action, ApiKey } from '../directory/directory.ts';
import { Problem } from '../problems.ts';

/** The key that a request carries, or the Problem why it opens nothing: missing, unknown, expired, from elsewhere. */
export function authenticate(request: Request, address: string, { clock, directory }: Context): ApiKey {
  const given = request.headers['apikey'];
  const challenge = { headers: { 'WWW-Authenticate': 'ApiKey' } };
  if (typeof given !== 'string' || given === '') throw new Problem('apikey_missing', challenge);
  const key = directory.current().keyByDigest(digestOf(given));
  const isExpired = key?.expiresAt !== undefined && clock.now() >= key.expiresAt;
  if (key === undefined || isExpired) throw new Problem('apikey_invalid', challenge);
  if (key.addresses !== undefined && !networksOf(key.addresses)(address)) throw new Problem('ip_not_allowed');
  return key;
}

/** Refuses an action that the key is not for. */
export function checkAction({ actions }: ApiKey, action: Action): void {
  if (!actions.includes(action))
    throw new Problem('action_not_permitted', {
      message: `This API key is not permitted to call ${action}.`,
    });
}
