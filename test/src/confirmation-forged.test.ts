import type { OutgoingHttpHeaders } from 'node:http';
import { expect, it } from 'vitest';
import { browse } from '../support/browse.ts';
import type { Shown } from '../support/confirming.ts';
import { codeOf, show, startConfirm } from '../support/confirming.ts';

/** What comes in the place of a press of the button. */
interface Post {
  readonly form: string;
  readonly cookie?: string;
  readonly headers?: OutgoingHttpHeaders;
}

/** Made of what this browser was shown of this link and of another, and another browser of this link. */
type Forge = (own: Shown, ofOtherLink: Shown, inOtherBrowser: Shown) => Post;

/** All is right but the headers. */
const saying =
  (headers: OutgoingHttpHeaders): Forge =>
  ({ nonce, cookie }) => ({ form: `nonce=${nonce}`, cookie, headers });

/** All is right but the form. */
const filled =
  (formOf: (nonce: string) => string): Forge =>
  ({ nonce, cookie }) => ({ form: formOf(nonce), cookie });

/** All is right but the cookie. */
const holding =
  (cookieOf: (cookie: string) => string): Forge =>
  ({ nonce, cookie }) => ({ form: `nonce=${nonce}`, cookie: cookieOf(cookie) });

it.each<readonly [string, Forge]>([
  ['without the cookie', ({ nonce }) => ({ form: `nonce=${nonce}` })],
  ['without the nonce', filled(() => '')],
  ['with an empty nonce', filled(() => 'nonce=')],
  ['with neither', () => ({ form: '' })],
  ['with the nonce of another link', ({ cookie }, { nonce }) => ({ form: `nonce=${nonce}`, cookie })],
  ['with the cookie of another browser', ({ nonce }, _, { cookie }) => ({ form: `nonce=${nonce}`, cookie })],
  ['with the nonce of another browser', ({ cookie }, _, { nonce }) => ({ form: `nonce=${nonce}`, cookie })],
  ['with the nonce of another browser and no cookie', (_, __, { nonce }) => ({ form: `nonce=${nonce}` })],
  ['with the nonce twice', filled((nonce) => `nonce=${nonce}&nonce=${nonce}`)],
  ['with two nonces, the right one last', filled((nonce) => `nonce=x&nonce=${nonce}`)],
  ['with the nonce as a list', filled((nonce) => `nonce[]=${nonce}`)],
  ['with the nonce in capitals', filled((nonce) => `nonce=${nonce.toUpperCase()}`)],
  ['with half a nonce', filled((nonce) => `nonce=${nonce.slice(0, 32)}`)],
  ['with more than a nonce', filled((nonce) => `nonce=${nonce}0`)],
  [
    'with the cookie in the place of the nonce',
    ({ cookie }) => ({ form: `nonce=${cookie.slice(-32)}`, cookie }),
  ],
  [
    'with two cookies of the name',
    ({ nonce, cookie }, _, other) => ({ form: `nonce=${nonce}`, cookie: `${other.cookie}; ${cookie}` }),
  ],
  ['with a cookie of another name', holding((cookie) => `x${cookie}`)],
  ['with a cookie in capitals', holding((cookie) => cookie.replace(/[\da-f]{32}/, (id) => id.toUpperCase()))],
  ['with a cookie of more', holding((cookie) => `${cookie}0`)],
  ['with an empty cookie', holding(() => 'plesk_sso=')],
  ['as text/plain', saying({ 'Content-Type': 'text/plain' })],
  [
    'as JSON',
    ({ nonce, cookie }) => ({
      form: JSON.stringify({ nonce }),
      cookie,
      headers: { 'Content-Type': 'application/json' },
    }),
  ],
  ['as multipart', saying({ 'Content-Type': 'multipart/form-data; boundary=x' })],
  ['without a media type', saying({ 'Content-Type': '' })],
  ['as a media type that only begins so', saying({ 'Content-Type': 'application/x-www-form-urlencodedly' })],
  ['from another site', saying({ 'Sec-Fetch-Site': 'cross-site', Origin: 'null' })],
  ['from another host of the site', saying({ 'Sec-Fetch-Site': 'same-site', Origin: 'null' })],
  ['from no site', saying({ 'Sec-Fetch-Site': 'none' })],
  ['with the Origin of another site', saying({ Origin: 'https://evil.example' })],
  ['with the Origin of another port', saying({ Origin: 'http://127.0.0.1:1' })],
  ['with an empty Origin', saying({ Origin: '' })],
])('refuses a confirmation %s and spends nothing', async (_how, forge) => {
  const { plesk, link, audit } = await startConfirm();
  const [url, otherUrl] = [await link(), await link()];
  const own = await show(url);
  const ofOtherLink = await show(otherUrl, own.cookie);
  const inOtherBrowser = await show(url);

  const forged = await browse(url, forge(own, ofOtherLink, inOtherBrowser));

  expect([forged.status, codeOf(forged), forged.location]).toEqual([403, 'csrf_failed', undefined]);
  expect(await plesk.sessions.list()).toEqual([]);
  const [issued] = audit;
  expect(audit.at(-1)).toMatchObject({ event: 'refused', outcome: 'csrf_failed', linkId: issued?.linkId });
  expect((await browse(url, { form: `nonce=${own.nonce}`, cookie: own.cookie })).status).toBe(303);
});

it('takes no confirmation of a service with another pepper', async () => {
  const [first, second] = [await startConfirm(), await startConfirm()];
  const url = await first.link();
  const { cookie } = await show(url);
  const foreign = await show(await second.link(), cookie);

  const forged = await browse(url, { form: `nonce=${foreign.nonce}`, cookie });

  expect([forged.status, codeOf(forged)]).toEqual([403, 'csrf_failed']);
});
