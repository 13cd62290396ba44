import { expectTypeOf, it } from 'vitest';
import { defineOperation } from '../../server/operations/define.ts';
import type { InputOf, ModelOf } from '../../server/operations/request-models/index.ts';
import type { Input, WrongModel } from '../../server/protocol/model-input.ts';
import { ok } from '../../server/protocol/result.ts';
import { documented } from '../../server/protocol/source.ts';
import type { XmlElement } from '../../server/protocol/xml.ts';

it('infers the input of a request from its model', () => {
  expectTypeOf<Input<'a b? c* d+ e[0..2]'>>().branded.toEqualTypeOf<{
    readonly a: string;
    readonly b?: string;
    readonly c: readonly string[];
    readonly d: readonly string[];
    readonly e: readonly string[];
  }>();
  expectTypeOf<Input<'a:on|off b:any c() d=en?'>>().branded.toEqualTypeOf<{
    readonly a: 'on' | 'off';
    readonly b: XmlElement;
    readonly c: true;
    readonly d?: string;
  }>();
  expectTypeOf<Input<'a( b | c )? ( d e )* {m} f{m}+', { readonly m: 'x y:int?' }>>().branded.toEqualTypeOf<{
    readonly a?: { readonly b?: string; readonly c?: string };
    readonly d: readonly string[];
    readonly e: readonly string[];
    readonly x: string;
    readonly y?: string;
    readonly f: readonly { readonly x: string; readonly y?: string }[];
  }>();
  expectTypeOf<Input<'( a | b:on|off? )[1..10]'>>().branded.toEqualTypeOf<
    readonly (
      { readonly name: 'a'; readonly value: string } | { readonly name: 'b'; readonly value: 'on' | 'off' }
    )[]
  >();
  expectTypeOf<Input<'a b?@1.6.8.0'>>().branded.toEqualTypeOf<{ readonly a: string; readonly b?: string }>();
  expectTypeOf<Input<':any'>>().toEqualTypeOf<XmlElement>();
  expectTypeOf<Input<'()'>>().toEqualTypeOf<true>();
});

it('finds the models of operations by their names', () => {
  expectTypeOf<InputOf<'database', 'add-db'>>().branded.toEqualTypeOf<{
    readonly 'webspace-id': string;
    readonly name: string;
    readonly type: string;
    readonly 'db-server-id'?: string;
  }>();
  expectTypeOf<ModelOf<'customer', 'price'>>().branded.toEqualTypeOf<{
    readonly currency: string;
    readonly sum: string;
  }>();
});

it('says in the type what is wrong with a model', () => {
  expectTypeOf<Input<'a | b & c'>>().toEqualTypeOf<
    WrongModel<'| and & in one group: put ( ) around one of them'>
  >();
  expectTypeOf<Input<'a b )'>>().toEqualTypeOf<WrongModel<'nothing is open that ) closes'>>();
  expectTypeOf<Input<'a( b'>>().toEqualTypeOf<WrongModel<'a( is not closed'>>();
  expectTypeOf<Input<'a:strin'>['a']>().toEqualTypeOf<WrongModel<"there is no type 'strin'">>();
  expectTypeOf<Input<'a{fliter}'>['a']>().toEqualTypeOf<WrongModel<"there is no model named 'fliter'">>();
});

const source = documented('a page', 'a fact');

/** The mistakes of a developer who adds an operation; each is an error of the compiler. */
export const mistakes = (): unknown[] => [
  // @ts-expect-error there is no operator of that name
  defineOperation({ operator: 'databse', name: 'add-db', source, callers: 'anyone', run: () => ok() }),
  // @ts-expect-error the operator has no operation of that name
  defineOperation({ operator: 'database', name: 'add_db', source, callers: 'anyone', run: () => ok() }),
  defineOperation({
    operator: 'database',
    name: 'add-db',
    source,
    callers: 'anyone',
    // @ts-expect-error the request has no element of that name
    run: ({ webspace }) => ok([webspace]),
  }),
  defineOperation({
    operator: 'database',
    name: 'add-db',
    source,
    callers: 'anyone',
    run: (input) => {
      // @ts-expect-error an optional element may be absent
      const server: string = input['db-server-id'];
      // @ts-expect-error texts are strings, also where the schema has numbers
      const id: number = input['webspace-id'];
      // @ts-expect-error an input is not changed
      input.name = server + String(id);
      return ok();
    },
  }),
  defineOperation({
    operator: 'dns',
    name: 'switch',
    source,
    callers: 'anyone',
    run: ({ zone_type: type, filter }) => {
      // @ts-expect-error the model has other words
      if (type === 'primary') return ok();
      // @ts-expect-error a repeated element is a list
      const one: string | undefined = filter['site-id'];
      return one === undefined ? ok() : [];
    },
  }),
];
