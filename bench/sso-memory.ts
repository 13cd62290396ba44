import type { Nursery } from './child.ts';
import type { Figure } from './figures.ts';
import { figure } from './figures.ts';
import type { Plan } from './plan.ts';
import { issueLinks } from './sso-cases.ts';

const MANY = 100_000;

/** What links take that wait to be opened, in the memory of the service itself. */
export async function* measureLinks(plan: Plan, nursery: Nursery): AsyncGenerator<Figure> {
  const { node, root, sessions, version } = plan;
  const links = Math.min(MANY, sessions);
  const service = await nursery.start(node, { kind: 'service', root, store: 'memory' });
  // What the first answers load and compile is no part of the links.
  await issueLinks(1000, service);
  const before = await service.memory();
  await issueLinks(links, service);
  const after = await service.memory();
  service.stop();
  for (const [kind, words] of [
    ['resident', 'resident'],
    ['heap', "JavaScript's heap"],
  ] as const)
    yield figure(
      {
        what: `${words}, ${MANY.toLocaleString('en')} links more`,
        node: version,
        unit: 'MiB',
        note: `${before[kind].toFixed(0)} before; measured with ${links.toLocaleString('en')}`,
      },
      [((after[kind] - before[kind]) * MANY) / links],
    );
}
