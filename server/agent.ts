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
import { formOf } from './protocol/body-form.ts';
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
  /** What a test has put in the place of Plesk's own answers. */
  readonly interposed?: Interposition | undefined;
}

/** Faults that are no consequence of the packet. */
export interface Interposition {
  /** What answers for the whole packet. */
  readonly packet: Interposed | undefined;
  /** What answers for an operation, as operator/operation; asked once for each that is there. */
  readonly operation: (name: string) => Interposed | undefined;
}

/** A fault that answers instead; `afterChange` says whether everything is done nevertheless. */
export interface Interposed {
  readonly fault: Fault;
  readonly afterChange: boolean;
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
export interface Performed {
  readonly name: string;
  /** What was sent, as decoded; `undefined` where it was not run. */
  readonly input: unknown;
  /** The operation itself, where it is emulated. */
  readonly operation: Operation | undefined;
  /** What was answered. */
  readonly results: readonly Result[];
  /** What was done, whatever a test has had answered. */
  readonly done: readonly Result[];
  readonly remarks: readonly string[];
}

/** Answers a packet: inspected and planned whole, then run in order. */
export function answer(request: AgentRequest, panel: Panel): AgentAnswer {
  const source = request.body instanceof Unreadable ? request.body : readText(request.body);
  const read = source instanceof Unreadable ? source : readXml(source);
  const packet = read instanceof Unreadable ? withForm(read, request) : read;
  const text = source instanceof Unreadable ? '' : source;
  const asked = packet instanceof Unreadable ? undefined : askedVersion(packet);
  const isPretty = request.header('http_pretty_print')?.toUpperCase() === 'TRUE';

  const { method, header, address, interposed } = request;
  const refused = (fault: Fault): AgentAnswer => {
    const xml = renderSystem(fault, answeredVersion(asked, panel), isPretty);
    return { xml, caller: undefined, version: asked, fault, operations: [] };
  };
  const instead = interposed?.packet;
  if (instead?.afterChange === false) return refused(instead.fault);
  const found = inspect(CHECKUPS, { method, header, address, source: text, packet }, panel);
  if (found instanceof Fault) return refused(instead?.fault ?? found);
  const { operations, answers } = perform(found, request, panel);
  if (instead !== undefined) return { ...refused(instead.fault), caller: found.caller.login, operations };
  const body = renderAnswer(answers, answeredVersion(asked, panel), isPretty);
  return { xml: body, caller: found.caller.login, version: asked, fault: undefined, operations };
}

/** Why a body cannot be read, and what it is instead of a packet. */
function withForm({ why }: Unreadable, { body, header }: AgentRequest): Unreadable {
  if (body instanceof Unreadable) return body;
  const form = formOf(body, header('content-type') ?? '', header('content-encoding') ?? '');
  return new Unreadable(form === undefined ? why : `${why}; ${form}`);
}

/** The version that was asked for, completed where it was partial; the newest where none was. */
function answeredVersion(asked: string | undefined, { spoken }: Panel): string {
  return resolveVersion(asked, spoken)?.version ?? asked ?? '';
}

function perform(
  { plan, caller, protocol }: Required<Findings>,
  { address, interposed }: AgentRequest,
  panel: Panel,
): { readonly operations: readonly Performed[]; readonly answers: readonly AnswerElement[] } {
  const operations: Performed[] = [];
  const now = panel.clock.now();
  const run = (operator: string, { name: operationName, todo }: PlannedOperation): AnswerElement => {
    const name = `${operator}/${operationName}`;
    const remarks: string[] = [];
    const remark = (text: string): void => void remarks.push(text);
    const { operation, input } = todo instanceof Fault ? NOTHING : todo;
    const instead = interposed?.operation(name);
    let done: readonly Result[];
    let around: string | undefined;
    if (instead?.afterChange === false) done = [instead.fault];
    else if (todo instanceof Fault) done = [todo];
    else {
      done = runOne(todo.operation, input, { caller, address, now, protocol, panel, remark });
      around = todo.operation.around?.(input);
    }
    const results = instead?.afterChange === true ? done.map(() => instead.fault) : done;
    operations.push({ name, input, operation, results, done, remarks });
    const rendered = results.flatMap(renderResult);
    return element(operationName, around === undefined ? rendered : [element(around, rendered)]);
  };
  const answers = plan.map(({ name, operations: planned }) =>
    element(
      name,
      planned.map((operation) => run(name, operation)),
    ),
  );
  return { operations, answers };
}

const NOTHING = { operation: undefined, input: undefined } as const;

type RunParameters = Parameters<Operation['run']>;

function runOne({ run, callers, id }: Operation, input: unknown, call: RunParameters[1]): readonly Result[] {
  const { role } = call.caller;
  if (callers === 'administrator' && role !== 'admin') {
    return [FAULTS.permissionDenied(`${id} is for the administrator`)];
  }
  if (callers === 'owners' && role === 'customer') {
    return [FAULTS.permissionDenied(`${id} is for the administrator and for resellers`)];
  }
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
