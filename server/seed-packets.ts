import { silentLog } from '../base/log.ts';
import type { AgentAnswer } from './agent.ts';
import { answer } from './agent.ts';
import { maskOf, secretsIn } from './control/masking.ts';
import { Fault } from './protocol/faults.ts';
import { lineOf, readXml, Unreadable } from './protocol/xml.ts';
import type { Panel } from './state/panel.ts';
import { ADMIN, SeedError } from './state/seed-state.ts';

/**
 * Answers the packets of a seed in order, as the administrator at 127.0.0.1, and leaves what they made but for
 * sessions. The first that is not ok throws a SeedError.
 */
export function replayPackets(packets: readonly string[], panel: Panel): void {
  // Whom panel.ini lets in is about clients.
  const settings = { ...panel.settings, api: true, apiAllowedIps: [HERE] };
  const replaying = { ...panel, settings, log: silentLog };
  packets.forEach((packet, index) => {
    const mistakes = mistakesOf(answerFor(packet, replaying), packet);
    const { text } = maskOf(secretsIn(packet));
    if (mistakes.length > 0) throw new SeedError(mistakes.map((one) => `packets.${index}: ${text(one)}`));
  });
  panel.sessions.clear();
  panel.lockout.clear();
}

const HERE = '127.0.0.1';

function answerFor(packet: string, panel: Panel): AgentAnswer {
  const headers: Readonly<Record<string, string | undefined>> = {
    'content-type': 'text/xml',
    http_auth_login: ADMIN,
    http_auth_passwd: panel.accounts.byLogin(ADMIN)?.password.reveal(),
  };
  const request = {
    method: 'POST',
    header: (name: string) => headers[name],
    address: HERE,
    body: Buffer.from(packet),
  };
  return answer(request, panel);
}

/** What was not answered ok, each with its line in the packet. */
function mistakesOf({ fault, operations }: AgentAnswer, packet: string): readonly string[] {
  if (fault !== undefined) return [`answered ${wordsOf(fault)}`];
  const lines = linesIn(packet);
  return operations.flatMap(({ name, results }, index) =>
    results
      .filter((result) => result instanceof Fault)
      .map((result) => `${name} in line ${lines[index] ?? 1} answered ${wordsOf(result)}`),
  );
}

const wordsOf = ({ rule, errtext, detail }: Fault): string =>
  `${rule.errcode} ${errtext}${detail === undefined ? '' : ` (${detail})`}`;

/** The line of each operation, in the order of the packet. */
function linesIn(packet: string): readonly number[] {
  const root = readXml(packet);
  if (root instanceof Unreadable) return [];
  return root.children.flatMap(({ children }) => children.map(({ end }) => lineOf(packet, end)));
}
