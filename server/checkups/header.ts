import { FAULTS } from '../protocol/faults.ts';
import { documented } from '../protocol/source.ts';
import type { Checkup } from './checkup.ts';

/** Anything but POST; the words are assumed to be those for a packet that is not there. */
export const header: Checkup = {
  id: 'checkup/header',
  source: documented('docs.plesk.com article 28729', 'the first check is for the HTTP POST header'),
  check: ({ method }) =>
    method === 'POST' ? {} : FAULTS.unreadable(`${method} carries no packet; use POST`),
};
