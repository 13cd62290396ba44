import type { Request } from 'express';
import { Problem } from '../problems.ts';
import { readBytes } from './json-body.ts';

/** What a browser sends to open a link. */
export interface SignInRequest {
  /** Throws the Problem of a token that is missing, or there twice. */
  readonly token: () => string;
  /** Whether the token came in a form: then no address carries it, and every page has to post it again. */
  readonly isPosted: boolean;
  /** The form, empty for a GET and for other media types. */
  readonly form: URLSearchParams;
  /** Whether the service has asked this browser to bring its cookie back. */
  readonly isSecondStep: boolean;
}

const MAX_FORM_BYTES = 4096;
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i;

/** The parameter of the address to which a browser is asked to bring its cookie back. */
export const SECOND_STEP = 'cookie=1';

/** Reads the address, and the form of a POST; a Problem where the form is larger than 4 KiB. */
export async function readSignIn(request: Request): Promise<SignInRequest> {
  const { method, url, headers } = request;
  const at = url.indexOf('?');
  const query = new URLSearchParams(at === -1 ? '' : url.slice(at));
  const type = headers['content-type'] ?? '';
  const body = method === 'POST' ? await readBytes(request, MAX_FORM_BYTES) : Buffer.alloc(0);
  const form = new URLSearchParams(FORM_TYPE.test(type) ? body.toString('latin1') : '');
  const posted = form.getAll('sso_token');
  const token = (): string => {
    const tokens = [...query.getAll('sso_token'), ...posted];
    const [first = ''] = tokens;
    if (tokens.length > 1) throw new Problem('token_malformed');
    if (first !== '') return first;
    if (body.length > 0 && !FORM_TYPE.test(type))
      throw new Problem('unsupported_media_type', {
        message: 'Content-Type must be application/x-www-form-urlencoded.',
      });
    throw new Problem('token_missing');
  };
  return { token, isPosted: posted.length > 0, form, isSecondStep: query.get('cookie') === '1' };
}

/** The value of a field that is there once. */
export function fieldOf(form: URLSearchParams, name: string): string | undefined {
  const values = form.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}
