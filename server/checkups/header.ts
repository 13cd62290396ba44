import { FAULTS } from '../protocol/faults.ts';
import type { Rule } from '../protocol/source.ts';
import { assumed, documented } from '../protocol/source.ts';
import type { Checkup } from './checkup.ts';

export const HEADER_RULES: readonly Rule[] = [
  {
    id: 'header/content-type',
    source: assumed(
      'docs.plesk.com article 50169 says must; nobody has recorded a refusal',
      '1014 for all but text/xml where anyContentType is switched off',
    ),
  },
];

/** Anything but POST; the words are assumed to be those for a packet that is not there. */
export const header: Checkup = {
  id: 'checkup/header',
  source: documented('docs.plesk.com article 28729', 'the first check is for the HTTP POST header'),
  check: ({ method, header }, { settings }) => {
    if (method !== 'POST') return FAULTS.unreadable(`${method} carries no packet; use POST`);
    if (settings.anyContentType) return {};
    const type = header('content-type');
    if (type !== undefined && TEXT_XML.test(type)) return {};
    const found = type === undefined ? 'there is no Content-Type' : `the Content-Type is '${type}'`;
    return FAULTS.unreadable(`${found}; it must be text/xml (setting anyContentType)`);
  },
};

const TEXT_XML = /^text\/xml\s*(?:;|$)/i;
