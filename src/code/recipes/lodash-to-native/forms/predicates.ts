import type { NativeForm, Premise } from '../native-form.ts';
import { anything, unboxed } from '../native-form.ts';

/** A comparison of the argument with something that is written out. */
function compared(name: string, operator: '===' | '==', other: string): NativeForm {
  return {
    method: name,
    needs: [anything],
    year: 2015,
    ...(other === 'undefined' ? { globals: ['undefined'] } : {}),
    write: ([it]) => ({
      text: `${it?.operand} ${operator} ${other}`,
      level: 'comparison',
      negated: `${it?.operand} !${operator.slice(1)} ${other}`,
    }),
  };
}

/** `typeof` does not know the wrappers of primitives, which lodash counts among them. */
function typed(name: string, type: string, premise: Premise): readonly NativeForm[] {
  const write: NativeForm['write'] = ([it]) => ({
    text: `typeof ${it?.operand} === '${type}'`,
    level: 'comparison',
    negated: `typeof ${it?.operand} !== '${type}'`,
  });
  return [
    { method: name, needs: [{ kind: 'value', kinds: unboxed }], year: 2015, write },
    { method: name, needs: [anything], year: 2015, premises: [premise], write },
  ];
}

/** A function of the language that answers the same, for every value. */
function same(name: string, native: string): NativeForm {
  const [owner = ''] = native.split('.');
  return {
    method: name,
    needs: [anything],
    year: 2015,
    value: native,
    globals: [owner],
    write: ([it]) => ({ text: `${native}(${it?.text})`, level: 'primary' }),
  };
}

/** Tests of what a value is. */
export const predicateForms: readonly NativeForm[] = [
  same('isArray', 'Array.isArray'),
  same('isInteger', 'Number.isInteger'),
  same('isSafeInteger', 'Number.isSafeInteger'),
  same('isFinite', 'Number.isFinite'),
  compared('isNil', '==', 'null'),
  compared('isNull', '===', 'null'),
  compared('isUndefined', '===', 'undefined'),
  ...typed('isString', 'string', 'no-boxed-primitives'),
  ...typed('isNumber', 'number', 'no-boxed-primitives'),
  ...typed('isBoolean', 'boolean', 'no-boxed-primitives'),
  {
    method: 'isFunction',
    needs: [anything],
    year: 2015,
    premises: ['no-async-generators'],
    write: ([it]) => ({
      text: `typeof ${it?.operand} === 'function'`,
      level: 'comparison',
      negated: `typeof ${it?.operand} !== 'function'`,
    }),
  },
  {
    method: 'isNaN',
    needs: [{ kind: 'value', kinds: unboxed }],
    year: 2015,
    globals: ['Number'],
    write: ([it]) => ({ text: `Number.isNaN(${it?.text})`, level: 'primary' }),
  },
  {
    method: 'isNaN',
    needs: [anything],
    year: 2015,
    premises: ['no-boxed-primitives'],
    globals: ['Number'],
    write: ([it]) => ({ text: `Number.isNaN(${it?.text})`, level: 'primary' }),
  },
  {
    method: 'isObject',
    needs: [{ kind: 'any', isRepeated: true }],
    year: 2015,
    globals: ['Object'],
    write: ([it]) => ({
      text: `Object(${it?.text}) === ${it?.text}`,
      level: 'comparison',
      negated: `Object(${it?.text}) !== ${it?.text}`,
    }),
  },
];
