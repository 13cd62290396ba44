import { expect, it } from 'vitest';
import type { Rule, Source } from '../../server/protocol/source.ts';
import { RULES } from '../../server/rules.ts';

const KINDS = ['documented', 'observed', 'assumed'] as const satisfies readonly Source['kind'][];

it('gives every rule a name of its own, a source, and the fact in a few words', () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  for (const { id, source } of RULES) {
    expect(id).toMatch(/^[a-z-]+\/[\w./-]+$/);
    expect(source.at.length, id).toBeGreaterThan(5);
    expect(source.says.length, id).toBeGreaterThan(5);
    expect(source.says.split(' ').length, id).toBeLessThanOrEqual(15);
  }
});

it('lists every rule with its source in docs/RULES.md (vitest -u writes it)', async () => {
  await expect(page(RULES)).toMatchFileSnapshot('../../docs/RULES.md');
});

function page(rules: readonly Rule[]): string {
  const counts = KINDS.map((kind) => `${rules.filter(({ source }) => source.kind === kind).length} ${kind}`);
  const rows = rules.map(
    ({ id, source: { kind, at, says } }) => `| ${id} | ${kind} | ${cell(says)} | ${cell(at)} |`,
  );
  return `# The rules of the emulator

Generated; \`npx vitest run test/server/rules.test.ts -u\` writes it anew.

What the emulator does because Plesk does it, and how we know: *documented* by Plesk, *observed* in a named public
client or recording, or *assumed* by us. ${rules.length} rules: ${counts.join(', ')}. Assumptions that a test may want
the other way are [options](options.md).

| rule | kind | what | source |
|---|---|---|---|
${rows.join('\n')}
`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
