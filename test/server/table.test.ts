import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Table } from '../../server/state/table.ts';

interface Domain {
  readonly id: number;
  readonly name: string;
  readonly owner: number | undefined;
}

const INDEXES = { name: ({ name }: Domain) => name, owner: ({ owner }: Domain) => owner };
const NAMES = ['a.test', 'b.test', '__proto__', ''];
const OWNERS = [1, 2, undefined];

const fields = fc.record({ name: fc.constantFrom(...NAMES), owner: fc.constantFrom(...OWNERS) });
const change = fc.oneof(
  fc.record({ does: fc.constant('add' as const), fields }),
  fc.record({ does: fc.constant('update' as const), at: fc.nat(6), fields }),
  fc.record({ does: fc.constant('remove' as const), at: fc.nat(6) }),
);
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

function apply(table: Table<Domain, typeof INDEXES>, changes: readonly Change[]): void {
  for (const one of changes) {
    if (one.does === 'add') table.add(one.fields);
    else {
      const row = [...table.all()][one.at];
      if (row === undefined) continue;
      if (one.does === 'update') table.update(row.id, one.fields);
      else table.remove(row);
    }
  }
}

/** What the table says through each of its look-ups. */
const shown = (table: Table<Domain, typeof INDEXES>): unknown => ({
  size: table.size,
  rows: [...table.all()].map(({ id }) => table.get(id)),
  names: NAMES.map((name) => [table.by('name', name), table.count('name', name)]),
  owners: [1, 2, 3].map((owner) => [table.by('owner', owner), table.count('owner', owner)]),
});

it('finds the same rows by its indexes as a search through all rows', () => {
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const table = new Table<Domain, typeof INDEXES>(INDEXES);
      apply(table, changes);

      const rows = [...table.all()];
      expect(table.size).toBe(rows.length);
      for (const name of NAMES) {
        const expected = rows.filter((row) => row.name === name);
        expect(table.by('name', name)).toEqual(expected.toSorted((one, other) => one.id - other.id));
        expect(table.count('name', name)).toBe(expected.length);
        expect([undefined, ...expected]).toContainEqual(table.one('name', name));
        expect(table.some('name', name, 2)).toHaveLength(Math.min(2, expected.length));
      }
      for (const owner of [1, 2]) {
        const expected = rows.filter((row) => row.owner === owner);
        expect(table.by('owner', owner)).toEqual(expected.toSorted((one, other) => one.id - other.id));
      }
    }),
  );
});

it('goes back to a snapshot with its indexes and its next id, as often as asked', () => {
  fc.assert(
    fc.property(fc.array(change), fc.array(change), (before, after) => {
      const table = new Table<Domain, typeof INDEXES>(INDEXES);
      apply(table, before);
      const expected = shown(table);
      const snapshot = table.view();
      apply(table, after);

      snapshot.restore();
      expect(shown(table)).toEqual(expected);
      const { id } = table.add({ name: 'next', owner: 3 });
      snapshot.restore();

      expect(shown(table)).toEqual(expected);
      expect(table.add({ name: 'next', owner: 3 }).id).toBe(id);
    }),
  );
});

it('gives no id twice, also after rows were removed, replaced or put under their own id', () => {
  const table = new Table<Domain, typeof INDEXES>(INDEXES, [{ id: 7, name: 'a', owner: 1 }]);
  const second = table.add({ name: 'b', owner: 1 });
  table.remove(second);
  const third = table.add({ name: 'c', owner: 1 });
  table.put({ id: 20, name: 'd', owner: 1 });
  table.replaceAll([{ id: 2, name: 'e', owner: 2 }]);

  expect([second.id, third.id, table.add({ name: 'f', owner: 2 }).id]).toEqual([8, 9, 21]);
});

it('shows an instant as it was while rows change', () => {
  const table = new Table<Domain, typeof INDEXES>(INDEXES);
  const first = table.add({ name: 'a', owner: 1 });
  const instant = table.instant();
  table.update(first.id, { name: 'b' });
  table.add({ name: 'c', owner: 1 });

  expect([...instant.values()].map(({ name }) => name)).toEqual(['a']);
  instant.close();
});
