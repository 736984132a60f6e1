import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runsOf, seed } from '../../../../../test/support/seed.ts';
import { parseSource } from '../../../engine/compiler-tree.ts';
import { propertyOf } from '../deciding/fit-argument.ts';
import { pathArgument } from '../deciding/path-argument.ts';
import { type Argument, type Kind, type NativeForm, type Need, type Premise, unboxed } from '../native-form.ts';
import { nativeForms } from './index.ts';

const lodash: unknown = createRequire(import.meta.url)('lodash');

type Callable = (...args: readonly unknown[]) => unknown;
/** An argument: made anew for each side, and as the native form has it. */
type Given = {
  readonly make: () => unknown;
  readonly argument: (name: string) => Argument;
  /** Written out, so that nobody sees what becomes of it. */
  readonly isInline?: true;
};

function isCallable(value: unknown): value is Callable {
  return typeof value === 'function';
}

const named = (name: string): Argument => ({ text: name, operand: name });
const written = (text: string): Argument => ({ text, operand: `(${text})` });

const primitive = fc.oneof(
  fc.constantFrom<unknown>(0, -0, Number.NaN, 1, -1, 2.5, '', 'a', ' b ', true, false, null, undefined, 10n),
  fc.integer(),
  fc.string({ maxLength: 5 }),
);
class Point {
  x = 1;
  y = undefined;
}
const keys = fc.constantFrom('a', 'b', 'c', 'x', 'constructor', 'toString', '__proto__', 'size', '0');
const object = fc.oneof(
  fc.array(fc.tuple(keys, primitive), { maxLength: 4 }).map((entries) => () => Object.fromEntries(entries)),
  fc.constant(() => new Point()),
  fc.constant(() => Object.assign(Object.create(null), { a: 1 })),
);
const element = fc.oneof(
  primitive.map((value) => () => value),
  object,
  fc.array(primitive, { maxLength: 3 }).map((value) => () => [...value]),
);

function arrays(premises: readonly Premise[]): fc.Arbitrary<() => unknown> {
  const dense = fc.array(element, { maxLength: 8 }).map((makes) => () => makes.map((make) => make()));
  if (premises.includes('no-holes')) return dense;
  const sparse = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }).map((places) => () => {
    const value: unknown[] = new Array(10);
    for (const place of places) value[place] = place;
    return value;
  });
  return fc.oneof(dense, sparse);
}

const functions: readonly Callable[] = [
  (value) => value,
  (_, index) => index,
  (value) => Boolean(value),
  (...all) => all.length,
  (one, other) => [one, other],
  (value) => value === 'a',
  (value) => String(value),
  (value) => {
    if (value === null) throw new Error('It is null.');
    return value;
  },
  (value, radix) => Number.parseInt(String(value), Number(radix)),
  Boolean,
];

function kindArbitrary(kind: Kind, premises: readonly Premise[]): fc.Arbitrary<() => unknown> {
  switch (kind) {
    case 'array':
      return arrays(premises);
    case 'string':
      return fc
        .oneof(fc.string(), fc.constantFrom('', ' \u00a0\ufeffa\n', '12px', 'aXa', '\u{1f600}é'))
        .map((value) => () => value);
    case 'number':
      return fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, 0.5, -2.5)).map((value) => () => value);
    case 'boolean':
      return fc.boolean().map((value) => () => value);
    case 'bigint':
      return fc.constant(() => 3n);
    case 'symbol':
      return fc.constant(() => Symbol.iterator);
    case 'null':
      return fc.constant(() => null);
    case 'undefined':
      return fc.constant(() => undefined);
    case 'function':
      return fc.constantFrom(...functions).map((value) => () => value);
    case 'object':
      return object;
    case 'other':
      return fc.constantFrom(
        () => new Map([['a', 1]]),
        () => new Set([1]),
        () => /a/,
        () => new Date(0),
        () => ({ length: 2, a: 1 }),
      );
  }
}

const allKinds: readonly Kind[] = [...unboxed, 'other'];

const plain = (makes: fc.Arbitrary<() => unknown>) => makes.map((make): Given => ({ make, argument: named }));

function anyGiven(premises: readonly Premise[]): fc.Arbitrary<Given> {
  const boxed = [() => Object('a'), () => Object(1), () => Object(true), () => Object(Number.NaN)];
  const strange = [
    ...(premises.includes('no-boxed-primitives') ? [] : boxed),
    ...(premises.includes('no-async-generators') ? [] : [() => async function* () {}]),
    () => Point,
    () => new Proxy(() => 1, {}),
  ];
  return plain(fc.oneof(...allKinds.map((kind) => kindArbitrary(kind, premises)), fc.constantFrom(...strange)));
}

function valueGiven(need: Extract<Need, { kind: 'value' }>, premises: readonly Premise[]): fc.Arbitrary<Given> {
  const kinds = need.kinds.length === 0 ? allKinds : need.kinds;
  const known = plain(fc.oneof(...kinds.map((kind) => kindArbitrary(kind, premises))));
  const { orElse } = need;
  if (orElse === undefined) return known;
  const nothing = fc.oneof(
    fc.constantFrom(undefined, null).map((value) => () => value),
    ...kinds.map((kind) => kindArbitrary(kind, premises)),
  );
  const argument = (name: string): Argument => ({
    text: `${name} ?? ${orElse}`,
    operand: `(${name} ?? ${orElse})`,
  });
  return fc.oneof(
    known,
    nothing.map((make): Given => ({ make, argument })),
  );
}

function givenFor(need: Need, premises: readonly Premise[]): fc.Arbitrary<Given> {
  const called = (pool: readonly Callable[]) => plain(fc.constantFrom(...pool).map((value) => () => value));
  switch (need.kind) {
    case 'any':
      return anyGiven(premises);
    case 'value':
      return valueGiven(need, premises);
    case 'nested-array': {
      const nested = fc.letrec<{ readonly tree: unknown }>((tie) => ({
        tree: fc.oneof({ maxDepth: need.depth }, primitive, fc.array(tie('tree'), { maxLength: 4 })),
      }));
      return plain(fc.array(nested.tree, { maxLength: 5 }).map((value) => () => structuredClone(value)));
    }
    case 'nested-function':
      return called([(value) => [value, 1], (_, index) => index, () => [[1], 2], () => [], () => undefined]);
    case 'procedure':
      return called([() => undefined, () => 0, () => null, () => '', (value) => [value]]);
    case 'iteratee': {
      const property = fc
        .constantFrom('a', 'length', 'constructor')
        .map((name): Given => ({ make: () => name, argument: () => propertyOf(name) }));
      return fc.oneof(plain(kindArbitrary('function', premises)), property);
    }
    case 'counter':
      return fc.constantFrom<Given>(
        { make: () => (at: number) => at * 2, argument: () => written('(_item, at) => at * 2') },
        { make: () => () => 'a', argument: () => written("() => 'a'") },
      );
    case 'integer':
      return fc
        .integer({ min: need.min, max: 36 })
        .map((value): Given => ({ make: () => value, argument: () => written(String(value)) }));
    case 'key':
      return fc
        .constantFrom('a', 'length', 'toString')
        .map((name): Given => ({ make: () => name, argument: () => written(`'${name}'`) }));
    case 'path':
      return fc.constantFrom("'a'", "'a.b'", "'a[0].x'", "['a', 'b']", "['length']", "'0'").map(pathGiven);
    case 'literal':
      return fc.constantFrom<Given>(
        { make: () => ({}), argument: () => written('{}'), isInline: true },
        { make: () => ({ a: 1, x: undefined }), argument: () => written('{ a: 1, x: undefined }'), isInline: true },
      );
  }
}

function pathGiven(text: string): Given {
  const [statement] = parseSource('path.ts', text).statements;
  const argument =
    statement !== undefined && ts.isExpressionStatement(statement)
      ? pathArgument(statement.expression)
      : { why: 'no path' };
  if ('why' in argument) throw new Error(argument.why);
  const value: unknown = runInThisContext(text);
  return { make: () => value, argument: () => argument };
}

/** Functions are the same for both sides and tell how they are called; all else is made anew for each. */
function sidesOf(given: readonly Given[]) {
  const calls: unknown[] = [];
  const shared = given.map(({ make }) => {
    const value = make();
    if (!isCallable(value) || !functions.includes(value)) return value;
    return (...all: readonly unknown[]) => {
      calls.push(all);
      return value(...all);
    };
  });
  return (run: Callable) => {
    calls.length = 0;
    const args = given.map(({ make }, at) => (typeof shared[at] === 'function' ? shared[at] : make()));
    const rest = () => args.filter((one, at) => typeof one !== 'function' && given[at]?.isInline !== true);
    try {
      return { answer: run(...args), args: rest(), calls: [...calls] };
    } catch {
      return { isThrown: true, args: rest(), calls: [...calls] };
    }
  };
}

function nativeOf(form: NativeForm, given: readonly Given[]): Callable {
  const names = given.map((_, at) => `a${at}`);
  const { text } = form.write(given.map(({ argument }, at) => argument(`a${at}`)));
  const made: unknown = runInThisContext(`(${names.join(', ')}) => (${text})`);
  if (!isCallable(made)) throw new Error(`${text} makes no function.`);
  return made;
}

describe(`native forms do what lodash does, seed ${seed}`, () => {
  beforeAll(() => vi.useFakeTimers({ toFake: ['Date'] }));
  afterAll(() => vi.useRealTimers());

  const all = nativeForms.map(
    (form) => [`${form.method}(${form.needs.map(({ kind }) => kind).join(', ')})`, form] as const,
  );

  it.each(all)('%s', (_, form) => {
    const replaced: unknown = Reflect.get(Object(lodash), form.method);
    if (!isCallable(replaced)) throw new Error(`lodash has no ${form.method}.`);
    const rest = form.rest === undefined ? [] : [form.rest, form.rest];
    const needs = [...form.needs, ...rest].map((need) => givenFor(need, form.premises ?? []));
    fc.assert(
      fc.property(fc.tuple(...needs), (given) => {
        const outcomeOf = sidesOf(given);
        const [mine, theirs] = [outcomeOf(nativeOf(form, given)), outcomeOf(replaced)];
        const isSame = isDeepStrictEqual(
          form.isStatement === true ? { ...mine, answer: 0 } : mine,
          form.isStatement === true ? { ...theirs, answer: 0 } : theirs,
        );
        if (!isSame) throw new Error(`Native: ${shown(mine)}, lodash: ${shown(theirs)}`);
      }),
      { seed, numRuns: runsOf(300) },
    );
  });

  it.each(nativeForms.flatMap(({ method, value }) => (value === undefined ? [] : [[method, value] as const])))(
    '%s as a value is %s',
    (method, value) => {
      const replaced: unknown = Reflect.get(Object(lodash), method);
      const made: unknown = runInThisContext(value);
      if (!isCallable(replaced) || !isCallable(made)) throw new Error('One of them is no function.');
      fc.assert(
        fc.property(givenFor({ kind: 'any' }, []), ({ make }) => {
          const value = make();
          expect(made(value, 1, [])).toBe(replaced(value, 1, []));
        }),
        { seed },
      );
    },
  );
});

function shown(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' || one === undefined ? String(one) : one));
}
