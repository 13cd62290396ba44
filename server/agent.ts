import { CHECKUPS } from './checkups/index.ts';
import type { Findings } from './checkups/checkup.ts';
import { inspect } from './checkups/checkup.ts';
import { askedVersion } from './checkups/version.ts';
import type { PlannedOperation } from './operations/packet.ts';
import type { Operation } from './operations/define.ts';
import type { AnswerElement } from './protocol/answer-xml.ts';
import { element, escapeText, renderCompact, renderPretty } from './protocol/answer-xml.ts';
import { Fault, FAULTS } from './protocol/faults.ts';
import type { Result } from './protocol/result.ts';
import { faultElements, renderResult } from './protocol/result.ts';
import { resolveVersion } from './protocol/versions/protocols.ts';
import { readText } from './protocol/text-decoding.ts';
import { readXml, Unreadable } from './protocol/xml.ts';
import type { Panel } from './state/panel.ts';

/** A packet as it arrived, whatever carried it. */
export interface AgentRequest {
  readonly method: string;
  /** A header by its name in lower case. */
  readonly header: (name: string) => string | undefined;
  /** The peer, as a normal address. */
  readonly address: string;
  /** The bytes of the packet, or why there are none. */
  readonly body: Buffer | Unreadable;
}

/** The answer, and what happened, for whoever keeps the books. */
export interface AgentAnswer {
  readonly xml: string;
  /** The login that was accepted. */
  readonly caller: string | undefined;
  /** The version attribute of the packet. */
  readonly version: string | undefined;
  /** The fault that answered for the whole packet. */
  readonly fault: Fault | undefined;
  readonly operations: readonly Performed[];
}

/** One operation that was run, or refused in its place. */
interface Performed {
  readonly name: string;
  readonly results: readonly Result[];
  readonly remarks: readonly string[];
}

/** Answers a packet: inspected and planned whole, then run in order. */
export function answer(request: AgentRequest, panel: Panel): AgentAnswer {
  const source = request.body instanceof Unreadable ? request.body : readText(request.body);
  const packet = source instanceof Unreadable ? source : readXml(source);
  const text = source instanceof Unreadable ? '' : source;
  const asked = packet instanceof Unreadable ? undefined : askedVersion(packet);
  const isPretty = request.header('http_pretty_print')?.toUpperCase() === 'TRUE';

  const { method, header, address } = request;
  const found = inspect(CHECKUPS, { method, header, address, source: text, packet }, panel);
  if (found instanceof Fault) {
    const xml = renderSystem(found, answeredVersion(asked, panel), isPretty);
    return { xml, caller: undefined, version: asked, fault: found, operations: [] };
  }
  const { operations, answers } = perform(found, request.address, panel);
  const body = renderAnswer(answers, answeredVersion(asked, panel), isPretty);
  return { xml: body, caller: found.caller.login, version: asked, fault: undefined, operations };
}

/** The version that was asked for, completed where it was partial; the newest where none was. */
function answeredVersion(asked: string | undefined, { spoken }: Panel): string {
  return resolveVersion(asked, spoken)?.version ?? asked ?? '';
}

function perform(
  { plan, caller, protocol }: Required<Findings>,
  address: string,
  panel: Panel,
): { readonly operations: readonly Performed[]; readonly answers: readonly AnswerElement[] } {
  const operations: Performed[] = [];
  const now = panel.clock.now();
  const run = (operator: string, { name, todo }: PlannedOperation): AnswerElement => {
    const remarks: string[] = [];
    const results =
      todo instanceof Fault
        ? [todo]
        : runOne(todo.operation, todo.input, {
            caller,
            address,
            now,
            protocol,
            panel,
            remark: (text) => void remarks.push(text),
          });
    operations.push({ name: `${operator}/${name}`, results, remarks });
    return element(name, results.map(renderResult));
  };
  const answers = plan.map(({ name, operations: planned }) =>
    element(
      name,
      planned.map((operation) => run(name, operation)),
    ),
  );
  return { operations, answers };
}

type RunParameters = Parameters<NonNullable<Operation['run']>>;

function runOne({ run, callers, id }: Operation, input: unknown, call: RunParameters[1]): readonly Result[] {
  if (callers === 'administrator' && call.caller.role !== 'admin') {
    return [FAULTS.permissionDenied(`${id} is for the administrator`)];
  }
  if (run === undefined) throw new Error(`${id} was planned and cannot be run`);
  return run(input, call);
}

function renderAnswer(answers: readonly AnswerElement[], version: string, isPretty: boolean): string {
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<packet version="${escapeText(version)}">`;
  if (!isPretty) return `${head}${answers.map(renderCompact).join('')}</packet>\n`;
  return `${head}\n${answers.map((child) => renderPretty(child, '  ', '  ')).join('')}</packet>\n`;
}

/** Packet-level faults come without an encoding, with tabs, and with the end of the packet on the line before. */
function renderSystem(fault: Fault, version: string, isPretty: boolean): string {
  const system = element('system', faultElements(fault));
  const head = `<?xml version="1.0"?>\n<packet version="${escapeText(version)}">`;
  if (!isPretty) return inAscii(`${head}${renderCompact(system)}</packet>\n`);
  return inAscii(`${head}\n${renderPretty(system, '\t', '\t').trimEnd()}\t</packet>\n`);
}

/** A document without an encoding says what ASCII cannot by number. */
const inAscii = (xml: string): string =>
  // eslint-disable-next-line no-control-regex
  /^[\x00-\x7f]*$/.test(xml)
    ? xml
    : xml.replace(/[^\x00-\x7f]/gu, (character) => `&#${String(character.codePointAt(0))};`); // eslint-disable-line no-control-regex
