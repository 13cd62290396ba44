import { trimEnds } from '../../../base/trim-ends.ts';

/** What is wrong with the form of a text that is meant to be a token; `undefined` where nothing is. */
export function formOfToken(token: string): string | undefined {
  if (TOKEN.test(token)) return undefined;
  if (TOKEN.test(token.toLowerCase())) return 'its letters are upper case, and ids are compared as they are';
  if (TOKEN.test(token.trim())) return 'it has blanks or a line end around it';
  if (TOKEN.test(Buffer.from(token, 'base64').toString()))
    return 'it is the base64 of a token, which is not decoded';
  if (TOKEN.test(Buffer.from(token, 'base64').toString().trim()))
    return 'it is the base64 of a token and a line end; it is not decoded, and echo adds the line end';
  if (TOKEN.test(trimEnds(token, '"\'<', '"\'>'))) return 'it has quotes or brackets around it';
  if (TOKEN.test(token.slice(0, 32)))
    return 'something stands behind the token: is the URL put together right?';
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(token)) return 'it has the form of a secret key';
  if (/%[\da-f]{2}/i.test(token)) return 'it is URL-encoded once more than it should be';
  return `it has ${token.length} characters; a token is 32 lower-case hex digits`;
}

const TOKEN = /^[\da-f]{32}$/;
