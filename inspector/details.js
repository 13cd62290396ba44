import { button, el } from './dom.js';
import { asCurl, asFixture } from './copies.js';
import { dayAndTime } from './words.js';
import { prettyXml } from './xml.js';

/** Everything that is known of an entry; built when somebody wants to see it. */
export function detailsOf(entry) {
  const parts = entry.kind === 'packet' ? packetParts(entry) : browserParts(entry);
  return el('div', { class: 'details' }, facts(commonFacts(entry)), helpOf(entry), ...parts, copiesOf(entry));
}

const commonFacts = (entry) => ({
  Entry: entry.id,
  At: `${dayAndTime(entry.at)} UTC`,
  From: entry.peer,
  Release: entry.release,
  Request: `${entry.method} ${entry.path}`,
  Faults: entry.faults.join(', '),
  'Received instead': receivedText(entry.received),
});

/** What the client received where a fault kept or changed the answer. */
function receivedText(received) {
  if (received === undefined) return undefined;
  const { status, body, isComplete } = received;
  if (status === undefined) return 'nothing';
  return `HTTP ${status}, ${body.length === 0 ? 'no body' : body}${isComplete ? '' : ' (cut off)'}`;
}

function helpOf({ help }) {
  if (help.length === 0) return undefined;
  return part('Help', el('ul', { class: 'help' }, ...help.map((sentence) => el('li', {}, sentence))));
}

function packetParts(entry) {
  const { errcode, errtext, detail, version, request, operations, answer } = entry;
  return [
    facts({
      Version: version,
      Errcode: errcode,
      Errtext: errtext,
      Detail: detail,
      Body: request.isCut ? 'cut: it was too large to be kept whole' : '',
    }),
    ...operations.map(operationPart),
    part('Request', xmlBlock('The request', request.body)),
    answer === undefined
      ? part('Answer', el('p', { class: 'quiet' }, 'None was sent.'))
      : part('Answer', xmlBlock('The answer', answer)),
    part('Headers', facts(request.headers)),
  ];
}

function operationPart({ name, values, results, unread, remarks }) {
  return part(
    name,
    ...results.map((result) =>
      facts({
        Result: result.status === 'ok' ? 'ok' : `error ${result.errcode}`,
        Errtext: result.errtext,
        Detail: result.detail,
        Answered: json(result.values),
      }),
    ),
    facts({ 'Not read': unread.join(', '), Remarks: remarks.join('; ') }),
    el('h4', {}, 'Values as decoded'),
    block(`The values of ${name}`, json(values)),
  );
}

function browserParts({ outcome, status, reason, location, params, unread }) {
  return [
    facts({
      Outcome: outcome,
      Status: status,
      Reason: reason,
      'Sent to': location,
      'Not read': unread.join(', '),
    }),
    Object.keys(params).length === 0 ? undefined : part('Parameters', facts(params)),
  ];
}

const json = (value) =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
    ? ''
    : JSON.stringify(value, undefined, 2);

const part = (title, ...content) => el('section', {}, el('h3', {}, title), ...content);

/** Names and what they say; what says nothing is left out. */
function facts(named) {
  const known = Object.entries(named).filter(([, value]) => value !== undefined && value !== '');
  if (known.length === 0) return undefined;
  return el(
    'dl',
    {},
    ...known.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, String(value)))),
  );
}

/** A text that scrolls by itself, and can be scrolled with the keyboard. */
const block = (label, ...content) =>
  el('pre', { tabindex: '0', role: 'region', 'aria-label': label }, ...content);
const xmlBlock = (label, xml) => block(label, ...prettyXml(xml));

function copiesOf(entry) {
  const place = el('div', { class: 'copies' });
  const said = el('p', { class: 'message', role: 'status' });
  const offer = async (text, note) => {
    const field = el('textarea', {
      readonly: true,
      rows: '8',
      'aria-label': 'What was copied',
      spellcheck: 'false',
    });
    field.value = text;
    place.replaceChildren(field);
    const isCopied = await copy(text);
    if (!isCopied) field.select();
    said.textContent = `${isCopied ? 'Copied.' : 'Select and copy it from the field.'} ${note}`;
  };
  const curl = button('Copy as curl', () => {
    const { text, placeholders } = asCurl(entry, location.origin);
    const hidden = placeholders.filter((name) => name !== '$PLESK_CA');
    const notes = [
      ...(hidden.length === 0
        ? []
        : [`Secrets are masked in the journal: set ${hidden.join(', ')} before you run it.`]),
      ...(hidden.length === placeholders.length ? [] : ['$PLESK_CA is the file of /_emulator/ca.pem.']),
    ];
    return offer(text, notes.join(' '));
  });
  const fixture = button('Copy as fixture', () => {
    const files = asFixture(entry);
    const text = files.map((file) => `==> ${file.name} <==\n${file.text.replace(/\n?$/, '\n')}`).join('\n');
    return offer(
      text,
      'Three files; what is masked in them (..) is to be filled in, and the source to be named.',
    );
  });
  return el('div', {}, el('div', { class: 'row' }, curl, entry.kind === 'packet' && fixture), said, place);
}

/** Whether a text could be put onto the clipboard: browsers allow it on loopback and over HTTPS. */
const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};
