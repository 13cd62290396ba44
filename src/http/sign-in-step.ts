import type { Request } from 'express';
import type { Link } from '../links/link.ts';
import { isOwn } from './confirmation.ts';
import { isPageNavigation } from './navigation.ts';
import type { SignInRequest } from './sign-in-request.ts';

/**
 * What a request for a link leads to: `cookie` asks the browser to come back with its cookie, `button` shows the button,
 * `confirm` is a press of it, `open` opens the link.
 */
export type SignInStep = 'cookie' | 'button' | 'confirm' | 'open';

/** The next step for a link that this visitor may open; only `confirm` and `open` can spend it. */
export function nextStep(
  { terms: { mode } }: Link,
  { method, headers }: Request,
  { form, isPosted, isSecondStep }: SignInRequest,
  nonce: string | undefined,
  publicUrl: string,
): SignInStep {
  if (form.has('nonce')) return 'confirm';
  if (mode === 'confirm') {
    // A form of another site, such as the billing system's, is no press of our button.
    const isForeign = isPosted || !isOwn(headers, publicUrl);
    return method === 'POST' && !isForeign ? 'confirm' : 'button';
  }
  if (mode === 'auto' && !isPageNavigation(headers)) return 'button';
  if (nonce !== undefined) return 'open';
  return isSecondStep ? 'button' : 'cookie';
}
