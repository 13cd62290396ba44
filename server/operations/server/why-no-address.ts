import { isHostName, normalAddress } from '../../../base/addresses.ts';
import { textBehind } from '../../protocol/base64-text.ts';

/** What is wrong with a user_ip that is no address. */
export function whyNoAddress(userIp: string): string {
  if (LINE_END.test(Buffer.from(userIp, 'base64').toString()))
    return 'the base64 holds a line end: use printf, not echo';
  const decoded = /[.:,[]/.test(userIp) ? undefined : textBehind(userIp);
  const given = (decoded ?? userIp).slice(0, 100);
  const start = `user_ip is '${given}'${decoded === undefined ? '' : ' in base64'}`;
  const what = FORMS.find(([looksSo]) => looksSo(given))?.[1] ?? 'no IP address';
  return `${start}, ${what}`;
}

const LINE_END = /^[\da-f.:]+[\r\n]+$/i;

const isAddress = (text: string): boolean => normalAddress(text) !== undefined;

/** What is sent in the place of an address. */
const FORMS: readonly (readonly [looksSo: (given: string) => boolean, what: string])[] = [
  [
    (given) => /[,;\s]/.test(given.trim()) && given.split(/[,;\s]+/).some(isAddress),
    "a list of addresses: send the browser's alone, the first of X-Forwarded-For",
  ],
  [
    (given) => /^\[.*\](?::\d+)?$/.test(given),
    'an address in brackets: send it without them, and without a port',
  ],
  [(given) => isAddress(given.replace(/:\d+$/, '')), 'an address with a port: send it without the port'],
  [(given) => isAddress(given.split('/', 1)[0] ?? ''), 'a network: send one address'],
  [(given) => isAddress(given.trim()), 'an address with blanks around it'],
  [isHostName, "a host name: send the browser's address"],
];
