import type { Entry, OperationEntry, ResultEntry } from './entry.ts';

/** An entry on one line: `12 packet from 127.0.0.1 by admin: server/create_session ok`. */
export function summaryOf(entry: Entry): string {
  const { id, kind, peer, login } = entry;
  const by = login === undefined ? '' : ` by ${login}`;
  if (kind === 'browser') {
    const { method, path, outcome, reason } = entry;
    return `${id} browser ${method} ${path} from ${peer}${by}: ${outcome}${reason === undefined ? '' : `, ${reason}`}`;
  }
  const { outcome, errcode, errtext = '', detail, operations } = entry;
  const what =
    errcode === undefined
      ? operations.map(operationText).join('; ')
      : `refused, ${errcode} ${errtext}${detail === undefined ? '' : ` (${detail})`}`;
  return `${id} packet from ${peer}${by}: ${what === '' ? outcome : what}`;
}

const operationText = ({ name, results }: OperationEntry): string =>
  `${name} ${results.map(resultText).join(', ')}`;

const resultText = ({ status, errcode, errtext = '', detail }: ResultEntry): string =>
  status === 'ok' ? 'ok' : `${errcode} ${errtext}${detail === undefined ? '' : ` (${detail})`}`;
