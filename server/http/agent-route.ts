import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { startTimer } from '../../base/timer.ts';
import type { AgentAnswer, Interposition } from '../agent.ts';
import { answer } from '../agent.ts';
import { assumed, documented, observed } from '../protocol/source.ts';
import type { Rule } from '../protocol/source.ts';
import { Fault } from '../protocol/faults.ts';
import { Unreadable } from '../protocol/xml.ts';
import type { Release } from '../protocol/versions/release.ts';
import { DEFAULT_LOCALE } from '../protocol/versions/releases.ts';
import { localeCookie } from '../panel/cookies.ts';
import type { Control } from '../control/control.ts';
import { readBody } from './body.ts';
import { askedByPacket } from './fault-asked.ts';
import { answerWithFaults } from './faulty.ts';
import { logBug, logPacket } from './log-lines.ts';
import { isUpload, notEmulatedRoute } from './not-emulated.ts';
import { REASON, reasonHeader } from './reason.ts';
import type { Exchange } from './records.ts';
import { exchangeOf, recordPacket } from './records.ts';
import { isSecure, peerOf, phpHeader } from './request.ts';
import { everySecond, httpDate } from './stamps.ts';

export const AGENT_PATH = '/enterprise/control/agent.php';

export const AGENT_RULES: readonly Rule[] = [
  {
    id: 'agent/path',
    source: documented(
      'docs.plesk.com articles 28709 and 50169',
      'packets are posted to this path, as UTF-8',
    ),
  },
  {
    id: 'agent/status',
    source: observed(
      'plesk/letsencrypt-plesk issue 151; AnalogJ/lexicon',
      'HTTP 200 and XML, whatever went wrong',
    ),
  },
  {
    id: 'agent/headers',
    source: observed(
      'AnalogJ/lexicon, 25 recordings of 17.8',
      'the headers of an answer; it sets no session cookie',
    ),
  },
  {
    id: 'agent/content-type',
    source: documented('docs.plesk.com article 50169', 'Content-Type is text/xml'),
  },
  {
    id: 'agent/no-content-type',
    source: observed(
      'nickurt/laravel-plesk-xml; detain/myadmin-plesk-webhosting; pypleski',
      'text/xml with a charset, in any case, or no Content-Type at all is accepted',
    ),
  },
  {
    id: 'agent/any-content-type',
    source: assumed('how strict Plesk is, is unknown', 'any other Content-Type is accepted'),
  },
  {
    id: 'agent/limits',
    source: assumed(
      'libxml2 reads 256 elements deep; the rest keeps a test double small',
      'a larger packet (maxPacketBytes), a deeper one and a document type are 1014',
    ),
  },
  {
    id: 'agent/pretty-print',
    source: observed(
      'plesk/api-php-lib; acme.sh; AnalogJ/lexicon; go-acme/lego',
      'HTTP_PRETTY_PRINT: TRUE gives each element a line; two blanks a level, tabs in packet faults',
    ),
  },
];

/** `POST /enterprise/control/agent.php`: the only place where HTTP and packets meet. */
export function agentRoute(control: Control): RequestListener {
  const { panel, journal } = control;
  const { clock } = panel;
  const notEmulated = notEmulatedRoute(control);
  let cookies = localeCookiesOf(panel.release);
  const send = (exchange: Exchange, body: Buffer | Unreadable, interposed?: Interposition): void => {
    const { request, response } = exchange;
    const started = clock.now();
    const address = peerOf(request);
    const header = (name: string): string | undefined => phpHeader(request, name);
    const answered = answer({ method: request.method ?? '', header, address, body, interposed }, panel);
    if (!request.complete) {
      response.once('finish', () => {
        closeSoon(request.socket);
      });
    }
    const date = httpDate(started);
    if (cookies.release !== panel.release) cookies = localeCookiesOf(panel.release);
    const locale = cookies.at(started);
    response.sendDate = false;
    response.writeHead(200, [
      'Date',
      date,
      ...HEADERS,
      'Last-Modified',
      date,
      'Set-Cookie',
      isSecure(request) ? locale.secure : locale.plain,
      'Content-Length',
      Buffer.byteLength(answered.xml),
      ...reasonOf(answered),
    ]);
    response.end(request.method === 'HEAD' ? undefined : answered.xml);
    if (journal.isOn)
      recordPacket(exchange, started, body instanceof Unreadable ? undefined : body, answered, control);
    if (panel.log.isOn)
      logPacket(panel, address, answered, clock.now() - started, exchange.delivery?.received);
  };

  const sendFaulty = (exchange: Exchange, body: Buffer | Unreadable): void => {
    answerWithFaults(askedByPacket(exchange.request, body, panel), exchange, control, {
      answer: (interposed) => {
        send(exchange, body, interposed);
      },
      unanswered: () => {
        const kept = body instanceof Unreadable ? undefined : body;
        if (journal.isOn) recordPacket(exchange, clock.now(), kept, undefined, control);
      },
    });
  };

  return (request, response) => {
    const exchange = exchangeOf(request, response, control);
    const most = panel.settings.maxPacketBytes;
    readBody(request, most, (read) => {
      try {
        if (isUpload(request, read)) {
          notEmulated(request, response);
          return;
        }
        const body = read === 'too large' ? tooLarge(most) : read;
        if (control.faults.isOn) sendFaulty(exchange, body);
        else send(exchange, body);
      } catch (error) {
        logBug(panel, error, response);
      }
    });
  };
}

const tooLarge = (most: number): Unreadable => new Unreadable(`the packet is larger than ${most} bytes`);

/** The cookie that every answer of a release sets, over TLS and without. */
const localeCookiesOf = (release: Release) => ({
  release,
  at: everySecond((now) => ({
    secure: localeCookie(release, true, DEFAULT_LOCALE, now),
    plain: localeCookie(release, false, DEFAULT_LOCALE, now),
  })),
});

/** What still comes of a packet that is much too large is not waited for; a reset at once could cost the answer. */
function closeSoon(socket: Socket): void {
  startTimer(LINGER, () => socket.destroy());
}

/** In milliseconds. */
const LINGER = 250;

/** Why the packet, or its first operation that failed, was refused; the errtext where there is no more to say. */
function reasonOf({ fault, operations }: AgentAnswer): readonly string[] {
  const first = fault ?? firstFault(operations);
  return first === undefined ? [] : [REASON, reasonHeader(first.detail ?? first.errtext)];
}

function firstFault(operations: AgentAnswer['operations']): Fault | undefined {
  for (const { results } of operations) {
    for (const result of results) if (result instanceof Fault) return result;
  }
  return undefined;
}

/** A list, not an object: Node writes it as it is. */
const HEADERS = [
  ['Server', 'sw-cp-server'],
  ['Content-Type', 'text/xml;charset=UTF-8'],
  ['Expires', 'Mon, 26 Jul 1990 05:00:00 GMT'],
  ['Cache-Control', 'no-store, no-cache, must-revalidate, post-check=0, pre-check=0'],
  ['Pragma', 'no-cache'],
  ['P3P', 'CP="NON COR CURa ADMa OUR NOR UNI COM NAV STA"'],
].flat();
