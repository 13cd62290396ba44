import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Versioned } from '../../server/state/versioned.ts';

const change = fc.oneof(
  fc.record({ do: fc.constant('set' as const), key: fc.integer({ min: 0, max: 9 }), value: fc.string() }),
  fc.record({ do: fc.constant('delete' as const), key: fc.integer({ min: 0, max: 9 }), value: fc.string() }),
);
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

const make = (): Versioned<number, string> =>
  new Versioned(
    new Map([
      [3, 'c'],
      [1, 'a'],
      [2, 'b'],
    ]),
  );

function apply(map: Versioned<number, string>, changes: readonly Change[]): void {
  for (const { do: what, key, value } of changes) {
    if (what === 'set') map.set(key, value);
    else map.delete(key);
  }
}

const shown = (map: Versioned<number, string>): unknown => ({ size: map.size, values: [...map.values()] });

it('comes back to a view whatever has changed since, in the same order', () => {
  fc.assert(
    fc.property(fc.array(change), fc.array(change), (before, after) => {
      const map = make();
      apply(map, before);
      const expected = shown(map);
      const view = map.view();
      apply(map, after);

      map.restore(view);

      expect(shown(map)).toEqual(expected);
    }),
  );
});

it('shows in a view what was there, while it changes and another view is gone back to', () => {
  fc.assert(
    fc.property(fc.array(change), fc.array(change), fc.array(change), (one, two, three) => {
      const map = make();
      const first = map.view();
      apply(map, one);
      const entries = Array.from({ length: 10 }, (_, key) => map.get(key));
      const second = map.view();
      apply(map, two);
      map.restore(first);
      apply(map, three);

      expect(Array.from({ length: 10 }, (_, key) => second.get(key))).toEqual(entries);
      map.restore(second);
      expect(Array.from({ length: 10 }, (_, key) => map.get(key))).toEqual(entries);
    }),
  );
});

it('goes through what was there, in its order, whatever changes and is gone back to between two values', () => {
  fc.assert(
    fc.property(
      fc.array(change),
      fc.array(fc.oneof(change, fc.constant('restore' as const)), { minLength: 10, maxLength: 20 }),
      (before, between) => {
        const map = make();
        const other = map.view();
        apply(map, before);
        const expected = [...map.values()];
        const view = map.view();
        const left = [...between];

        const read: string[] = [];
        for (const value of view.values()) {
          read.push(value);
          for (const next of left.splice(0, 3)) {
            if (next === 'restore') map.restore(other);
            else apply(map, [next]);
          }
        }

        expect(read).toEqual(expected);
      },
    ),
  );
});

it('tells of every change, and of none that is none', () => {
  let told = 0;
  const map = new Versioned(new Map([[1, 'a']]), {
    changed: () => {
      told += 1;
    },
  });

  map.set(1, 'b');
  map.delete(1);
  map.delete(1);

  expect(told).toBe(2);
});
