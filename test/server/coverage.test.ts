import { expect, it } from 'vitest';
import { spokenBy } from '../../server/protocol/versions/protocols.ts';
import { NEWEST_RELEASE, releaseOf, RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { coverage } from '../support/coverage.ts';
import type { Covered } from '../support/coverage.ts';

const ORDER = spokenBy(releaseOf(NEWEST_RELEASE)).map(({ version }) => version);
const { operations, unknown } = coverage();
const isEmulated = ({ known }: Covered): boolean => known !== undefined;
const emulated = operations.filter(isEmulated);
const others = operations.filter((one) => !isEmulated(one));

it('has a sample for each operation that is emulated', () => {
  const without = emulated.filter(
    ({ samples: { documented, observed, assumed } }) => documented + observed + assumed === 0,
  );

  expect(without.map(({ operator, name }) => `${operator}/${name}`)).toEqual([]);
});

it('lists every operation in docs/coverage.md (vitest -u writes it)', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/coverage.md');
});

function page(): string {
  return `# What of Plesk's API is emulated

Generated; \`npx vitest run test/server/coverage.test.ts -u\` writes it anew.

In one version or another Plesk's packets have ${operations.length} operations of ${count(operations)} operators. **${emulated.length} are
emulated**. The requests of all of them are checked: an invalid packet is answered with 1014, in the words of Plesk's own parser. A valid packet for one of the
other ${others.length} operations is answered with 1023 "not emulated", with the name of the operation, and never with something made up.

The requests are those of Plesk's schema of 1.6.6.0, with what later schemas added or removed, as far as these were published. For packets before 1.6.6.0 the same
operations are assumed. Of the operators ${unknown.join(', ')} no operation is known: they take anything, and are not emulated.

| release | its operations | emulated |
|---|---|---|
${RELEASE_NAMES.map((plesk) => {
  const its = operations.filter(({ releases }) => releases[plesk] === 'newest');
  return `| ${plesk} | ${its.length} | ${its.filter(isEmulated).length} |`;
}).join('\n')}

## Emulated

- *packets*: the packet versions that have it.
- A release has *yes* where its newest packets have it, *old* where only older ones do, which it still answers.
- *rule*: how we know what it does, in the words of [the rules](RULES.md).
- *samples*: recorded or written packets with the whole answer, which the emulator gives byte for byte; *documented* +
  *observed* + *assumed*.
- *schema*: whether it is held against Plesk's own schema of 1.6.6.0. These are the only files that are complete, and they are no part of this
  project: where they are not at hand, those tests are skipped. *yes* means that the smallest and largest packets of its shape, each
  without each of its elements, with a foreign element in each place, and with texts of many types, are accepted, or refused in the very words of the schema;
  that so are generated packets, most of them broken; and that the answers to generated packets and to the samples are valid, but for
  what later versions added. For the others, nothing but samples proves the shape.

A schema knows shapes, not behaviour: what an operation does is proven by samples and by the other tests alone.

| operation | packets | ${RELEASE_NAMES.join(' | ')} | rule | samples | schema |
|---|---|${RELEASE_NAMES.map(() => '---|').join('')}---|---|---|
${emulated.map(row).join('\n')}

## Not emulated

${lines(others)}
`;
}

function row(covered: Covered): string {
  const { operator, name, versions, known, isHeld, samples, releases } = covered;
  const { documented, observed, assumed } = samples;
  return `| ${[
    `${operator}/${name}`,
    rangeOf(versions),
    ...RELEASE_NAMES.map((plesk) => ({ newest: 'yes', older: 'old', none: '' })[releases[plesk]]),
    known?.source.kind ?? '',
    `${documented} + ${observed} + ${assumed}`,
    isHeld ? 'yes' : 'not in 1.6.6.0',
  ].join(' | ')} |`;
}

/** An operator a line; what its other versions have not is told with the versions that have it. */
function lines(some: readonly Covered[]): string {
  const operators = [...new Set(some.map(({ operator }) => operator))];
  return operators
    .map((operator) => {
      const whole = rangeOf(
        operations.filter((one) => one.operator === operator).flatMap(({ versions }) => versions),
      );
      const names = some
        .filter((one) => one.operator === operator)
        .map(({ name, versions }) => (rangeOf(versions) === whole ? name : `${name} (${rangeOf(versions)})`));
      return `- **${operator}** (${whole}): ${names.join(', ')}`;
    })
    .join('\n');
}

/** From the first to the last, in the order of get_protos. */
function rangeOf(versions: readonly string[]): string {
  const known = ORDER.filter((version) => versions.includes(version));
  const [first = '', last = first] = [known[0], known.at(-1)];
  return first === last ? first : `${first} to ${last}`;
}

function count(some: readonly Covered[]): number {
  return new Set(some.map(({ operator }) => operator)).size;
}
