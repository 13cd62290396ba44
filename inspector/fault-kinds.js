const number = (name, label, isRequired = 'optional') => ({
  name,
  label,
  type: 'number',
  isRequired: isRequired === 'required',
});
const choice = (name, label, options) => ({ name, label, options });

/** How Plesk can go wrong, and what each kind has to know besides. */
export const FAULT_KINDS = {
  errcode: {
    says: 'an errcode of Plesk’s own',
    fields: [
      number('errcode', 'Errcode', 'required'),
      { name: 'errtext', label: 'Errtext', type: 'text' },
      choice('on', 'On', ['operation', 'packet']),
    ],
  },
  status: { says: 'an HTTP status with a page', fields: [number('status', 'Status', 'required')] },
  html: { says: 'a page in HTML in place of XML', fields: [] },
  charset: { says: 'a wrong charset', fields: [choice('charset', 'Charset', ['utf-16', 'iso-8859-1'])] },
  truncated: { says: 'an answer that is cut', fields: [number('bytes', 'Bytes')] },
  malformed: { says: 'XML that is not well-formed', fields: [] },
  oversized: { says: 'an answer that is too large', fields: [number('bytes', 'Bytes')] },
  delay: { says: 'an answer that comes late', fields: [number('ms', 'Milliseconds', 'required')] },
  hang: { says: 'no answer at all', fields: [] },
  slow: { says: 'a few bytes at a time', fields: [number('bytes', 'Bytes'), number('ms', 'Milliseconds')] },
  reset: { says: 'a connection reset', fields: [choice('at', 'When', ['before', 'middle'])] },
  certificate: {
    says: 'a wrong certificate',
    fields: [choice('certificate', 'Certificate', ['expired', 'other-host'])],
  },
};

const CONDITIONS = ['operation', 'login', 'peer', 'path'];

/** A rule in few words. */
export function faultInWords({ fault, times, after, afterChange, ...rest }) {
  const what = (FAULT_KINDS[fault]?.fields ?? [])
    .filter(({ name }) => rest[name] !== undefined)
    .map(({ name, label }) => `${label.toLowerCase()} ${rest[name]}`);
  const when = CONDITIONS.filter((name) => rest[name] !== undefined).map((name) => `${name} ${rest[name]}`);
  return [
    ...what,
    ...(when.length === 0 ? ['on everything'] : when),
    ...(after === undefined ? [] : [`after ${after}`]),
    ...(times === undefined ? [] : [times === 1 ? 'once at most' : `${times} times at most`]),
    ...(afterChange === true ? ['after the change'] : []),
  ].join(', ');
}
