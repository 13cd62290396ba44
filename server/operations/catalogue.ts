import type { ReadShape } from '../protocol/model-reader.ts';
import type { Lifetime, NamedModels } from '../protocol/model.ts';
import { modelReader } from '../protocol/model.ts';
import type { Shape } from '../protocol/shape.ts';
import { assumed, documented, observed } from '../protocol/source.ts';
import type { Rule } from '../protocol/source.ts';
import { OPERATOR_REQUESTS } from './request-models/index.ts';
import type { OperatorRequests } from './request-models/operator.ts';

/** The names of what Plesk has: for the shapes of packets, and for saying what is not emulated. */
export const CATALOGUE: Rule = {
  id: 'catalogue/operations',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); plesk/api-schemas 1.6.7.0 to 1.6.9.1',
    'every operator is a choice of its operations, listed in the order of the schema',
  ),
};

/** Where the schemas at hand end. */
export const CATALOGUE_LATER: Rule = {
  id: 'catalogue/later-operations',
  source: assumed(
    'of the later schemas only some operators are at hand',
    'operations stay those of 1.6.6.0 where unknown; php-handler and extension take any',
  ),
};

/** What clients call and the schema of 1.6.6.0 does not have yet. */
export const CATALOGUE_NEWER: Rule = {
  id: 'catalogue/newer-operations',
  source: observed(
    'plesk/api-php-lib, CertificateTest::testUpdate; plesk/api-schemas 1.6.8.0',
    'from 17.0 certificate has update, database has assign-to-subscription and set-custom-host; their places assumed',
  ),
};

export const CATALOGUE_OLD: Rule = {
  id: 'catalogue/old-operations',
  source: observed(
    'the templates of WHMCS for 1.0.0.0',
    'client has these five, shaped as customer has them, assumed; 1017 for others, assumed',
  ),
};

/** What servers of a protocol and later no longer do for packets of a version. */
const DROPPED = [{ operation: 'site/get', packets: '1.6.3.0', servers: '1.6.9.1' }] as const;

export const CATALOGUE_DROPPED: Rule = {
  id: 'catalogue/dropped',
  source: observed('roundcubemail issue 6526', '17.8 answers site/get of a 1.6.3.0 packet with 1017'),
};

/** The operations, as operator/operation, that a server speaking these versions does not do for packets of one. */
export const droppedFor = (version: string, spoken: readonly string[]): ReadonlySet<string> =>
  new Set(
    DROPPED.filter(({ packets, servers }) => packets === version && spoken.includes(servers)).map(
      ({ operation }) => operation,
    ),
  );

/** Every operation that Plesk has or had, as operator/operation. */
export const allOperations = (): readonly string[] =>
  OPERATOR_REQUESTS.flatMap(({ name, operations }) =>
    Object.keys(operations).map((operation) => `${name}/${operation}`),
  );

/** Whether the last of these packet versions has an operator or an operation. */
export const isIn = ({ since, until }: Lifetime, upTo: readonly string[]): boolean =>
  (since === undefined || upTo.includes(since)) &&
  (until === undefined || !upTo.includes(until) || upTo.at(-1) === until);

/** The packet version that an operation came with, where the schema of 1.6.6.0 does not have it yet. */
export function newerThanSchema(operator: string, name: string): string | undefined {
  const known: readonly OperatorRequests[] = OPERATOR_REQUESTS;
  const request = known.find((one) => one.name === operator)?.operations[name];
  return typeof request === 'string' ? undefined : request?.since;
}

/** The names of the operations that an operator has in the last of these packet versions, in their order. */
export const operationsIn = ({ operations }: OperatorRequests, upTo: readonly string[]): readonly string[] =>
  Object.entries(operations)
    .filter(([, request]) => typeof request === 'string' || isIn(request, upTo))
    .map(([name]) => name);

/** What an operation's element holds in the last of these packet versions; read when the first one comes. */
export function requestShape(
  { operations, models }: OperatorRequests,
  name: string,
  upTo: readonly string[],
): Shape {
  const request = operations[name] ?? ':any';
  const text = typeof request === 'string' ? request : request.request;
  return { kind: 'deferred', shape: () => readerOf(models ?? NO_MODELS, upTo)(text) };
}

/** One reader for each packet version and the models of each operator: what several operations hold is read once. */
function readerOf(models: NamedModels, upTo: readonly string[]): (text: string) => ReadShape {
  const version = upTo.at(-1) ?? '';
  let readers = READERS.get(version);
  if (readers === undefined) READERS.set(version, (readers = new Map<NamedModels, Reader>()));
  let reader = readers.get(models);
  if (reader === undefined) {
    reader = modelReader(models, (lifetime) => isIn(lifetime, upTo));
    readers.set(models, reader);
  }
  return reader;
}

type Reader = (text: string) => ReadShape;

const READERS = new Map<string, Map<NamedModels, Reader>>();
const NO_MODELS: NamedModels = {};
