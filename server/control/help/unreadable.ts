import { formOf } from '../../protocol/body-form.ts';
import { bodyText } from '../body-text.ts';
import type { Case } from './case.ts';
import { headerOf } from './case.ts';

/** Help for a packet that cannot be read at all. */
export function helpForUnreadable({ arrival, fault }: Case): readonly string[] {
  const { method, body, isCut, panel } = arrival;
  const { detail = '' } = fault;
  if (method !== 'POST') return [];
  if (detail.includes('(setting anyContentType)'))
    return ['settings.set({ anyContentType: true }) takes any Content-Type'];
  if (detail.startsWith('the packet is larger'))
    return [
      `settings.set({ maxPacketBytes: ... }) takes larger packets; now ${panel.settings.maxPacketBytes} bytes`,
    ];
  const form = formOf(
    body,
    headerOf(arrival, 'content-type') ?? '',
    headerOf(arrival, 'content-encoding') ?? '',
  );
  if (form !== undefined) return [form];
  const text = bodyText(body);
  return isCut ? [] : [...MARKS.flatMap((mark) => mark(text)), ...encodingHelp(body, detail)];
}

type Mark = (text: string) => readonly string[];

/** What keeps a document from being well-formed, as far as it shows. */
const MARKS: readonly Mark[] = [
  (text) => {
    const at = text
      .replace(/<!\[CDATA\[[\s\S]*?(?:\]\]>|$)/g, blanks)
      .search(/&(?!(?:#\d+|#x[\da-f]+|\w+);)/i);
    return at === -1
      ? []
      : [`line ${lineAt(text, at)}: & is written &amp; in XML (or stands in a CDATA section)`];
  },
  (text) => {
    const [whole, name = ''] = /&(?!(?:lt|gt|amp|quot|apos);)([a-z]\w*);/i.exec(text) ?? [];
    return whole === undefined
      ? []
      : [
          `line ${lineAt(text, text.indexOf(whole))}: XML does not know &${name};, write the character itself or its number`,
        ];
  },
  (text) => {
    const at = text.search(/<\?xml\s/);
    return at > 0
      ? ['the XML declaration <?xml ...?> stands at the very beginning, without a blank or line before it']
      : [];
  },
  (text) => (/<!DOCTYPE/i.test(text) ? ['leave the document type (<!DOCTYPE ...>) out'] : []),
  (text) => {
    const at = text.search(/<(?![\w:/!?]|$)/);
    return at === -1 ? [] : [`line ${lineAt(text, at)}: < is written &lt; in text`];
  },
  (text) =>
    /<(?:\/packet|packet[^<>]*\/)\s*>\s*(?:<\?xml|<packet)/.test(text)
      ? ['one request holds one packet: send several after each other, or several operations in one']
      : [],
  unclosed,
];

/** The first tag that closes what is not open, or what is open at the end. */
function unclosed(text: string): readonly string[] {
  const bare = text.replace(
    /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)/g,
    blanks,
  );
  const open: string[] = [];
  for (const { 1: slash, 2: name = '', index } of bare.matchAll(/<(\/?)([\w:.-]+)(?:\s[^<>]*)?(?<!\/)>/g)) {
    if (slash === '') open.push(name);
    else if (open.at(-1) === name) open.pop();
    else {
      const last = open.at(-1);
      return [
        `line ${lineAt(text, index)}: </${name}> closes ${last === undefined ? 'nothing' : `<${last}>, which is open there`}`,
      ];
    }
  }
  const last = open.at(-1);
  return last === undefined
    ? []
    : [`<${last}> is never closed: was the packet cut, or its Content-Length too small?`];
}

const blanks = (text: string): string => ' '.repeat(text.length);

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;

function encodingHelp(body: Buffer, detail: string): readonly string[] {
  if (!detail.startsWith('a byte is ') && !detail.includes('encoding')) return [];
  const declared = body.toString('latin1', 0, 200).includes('encoding=');
  return [
    declared
      ? 'the encoding that the XML declaration names is not that of the bytes: UTF-8 is what Plesk asks for'
      : 'send UTF-8, or name the encoding: <?xml version="1.0" encoding="ISO-8859-1"?>',
  ];
}
