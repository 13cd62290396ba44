import { digestOf } from '../../base/secret.ts';
import type { Rule } from '../protocol/source.ts';
import { documented } from '../protocol/source.ts';

export const FORGERY_RULES: readonly Rule[] = [
  {
    id: 'panel/forgery-token',
    source: documented(
      'plesk/pm-api-stubs SDK/Middleware/Access/Csrf.php',
      'a POST within a session needs forgery_protection_token or X-Forgery-Protection-Token, else 403',
    ),
  },
];

/** What a page of a session, or of none, carries against forged forms: 32 hex digits. */
export const forgeryToken = (sessionId: string): string => digestOf(`forgery ${sessionId}`).slice(0, 32);
