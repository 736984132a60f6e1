import type { NativeForm, Need } from '../native-form.ts';
import { anything, array, callback, iteratee, maybeArray, primary, string } from '../native-form.ts';

const natural: Need = { kind: 'integer', min: 0 };
const positive: Need = { kind: 'integer', min: 1 };

/** A method of arrays that has the same name, or another, and takes the same. */
function method(name: string, needs: readonly Need[], options: Partial<NativeForm> = {}): NativeForm {
  return {
    method: name,
    needs: [maybeArray, ...needs],
    year: 2015,
    write: ([receiver, ...others]) =>
      primary(`${receiver?.operand}.${name}(${others.map(({ text }) => text).join(', ')})`),
    ...options,
  };
}

/** A part of an array, by constant bounds. */
function part(name: string, needs: readonly Need[], bounds: (count: string) => string): NativeForm {
  return {
    method: name,
    needs: [maybeArray, ...needs],
    year: 2015,
    premises: ['no-holes'],
    write: ([receiver, count]) => primary(`${receiver?.operand}.slice(${bounds(count?.text ?? '')})`),
  };
}

const dense = { premises: ['no-holes'] } as const;

/** Functions on arrays. lodash takes nothing for an empty array; objects and array-likes are another matter. */
export const arrayForms: readonly NativeForm[] = [
  method('map', [iteratee], dense),
  method('filter', [iteratee], dense),
  method('some', [iteratee], dense),
  method('every', [iteratee], dense),
  method('some', [], {
    ...dense,
    globals: ['Boolean'],
    write: ([it]) => primary(`${it?.operand}.some(Boolean)`),
  }),
  method('every', [], {
    ...dense,
    globals: ['Boolean'],
    write: ([it]) => primary(`${it?.operand}.every(Boolean)`),
  }),
  method('find', [iteratee]),
  method('findIndex', [iteratee]),
  method('findLast', [iteratee], { year: 2023 }),
  method('findLastIndex', [iteratee], { year: 2023 }),
  method('reduce', [callback, anything], dense),
  method('reduceRight', [callback, anything], dense),
  method('flatMap', [{ kind: 'nested-function' }], { ...dense, year: 2019 }),
  ...['forEach', 'each'].map((name) =>
    method(name, [{ kind: 'procedure' }], {
      ...dense,
      method: name,
      isStatement: true,
      write: ([it, turn]) => primary(`${it?.operand}.forEach(${turn?.text})`),
    }),
  ),
  method('includes', [anything], { year: 2016 }),
  method('indexOf', [string]),
  method('lastIndexOf', [string]),
  method('join', []),
  method('join', [string]),
  {
    method: 'compact',
    needs: [maybeArray],
    year: 2015,
    globals: ['Boolean'],
    write: ([it]) => primary(`${it?.operand}.filter(Boolean)`),
  },
  {
    method: 'flatten',
    needs: [{ kind: 'nested-array', depth: 1 }],
    year: 2019,
    premises: ['no-holes'],
    write: ([it]) => primary(`${it?.operand}.flat()`),
  },
  {
    method: 'flattenDeep',
    needs: [{ kind: 'nested-array', depth: 5 }],
    year: 2019,
    premises: ['no-holes'],
    globals: ['Infinity'],
    write: ([it]) => primary(`${it?.operand}.flat(Infinity)`),
  },
  {
    method: 'concat',
    needs: [array],
    rest: { kind: 'value', kinds: ['array', 'string', 'number', 'boolean', 'bigint', 'null', 'undefined'] },
    year: 2015,
    premises: ['no-holes'],
    write: ([it, ...others]) => primary(`${it?.operand}.concat(${others.map(({ text }) => text).join(', ')})`),
  },
  {
    method: 'uniq',
    needs: [{ kind: 'value', kinds: ['array'], orElse: '[]' }],
    year: 2015,
    globals: ['Set'],
    write: ([it]) => primary(`[...new Set(${it?.text})]`),
  },
  {
    method: 'union',
    needs: [array, array],
    year: 2015,
    globals: ['Set'],
    write: ([one, other]) => primary(`[...new Set([...${one?.operand}, ...${other?.operand}])]`),
  },
  ...['head', 'first'].map(
    (name): NativeForm => ({
      method: name,
      needs: [maybeArray],
      year: 2015,
      write: ([it]) => primary(`${it?.operand}[0]`),
    }),
  ),
  { method: 'last', needs: [maybeArray], year: 2022, write: ([it]) => primary(`${it?.operand}.at(-1)`) },
  {
    method: 'nth',
    needs: [maybeArray, { kind: 'integer', min: -1000 }],
    year: 2022,
    write: ([it, at]) => primary(`${it?.operand}.at(${at?.text})`),
  },
  part('tail', [], () => '1'),
  part('initial', [], () => '0, -1'),
  part('take', [natural], (count) => `0, ${count}`),
  part('take', [], () => '0, 1'),
  part('drop', [natural], (count) => count),
  part('drop', [], () => '1'),
  part('takeRight', [positive], (count) => `-${count}`),
  part('dropRight', [positive], (count) => `0, -${count}`),
  part('slice', [natural], (count) => count),
  {
    method: 'reverse',
    needs: [array],
    year: 2015,
    premises: ['no-holes'],
    write: ([it]) => primary(`${it?.operand}.reverse()`),
  },
  { method: 'size', needs: [maybeArray], year: 2015, write: ([it]) => primary(`${it?.operand}.length`) },
  ...[maybeArray, { kind: 'value', kinds: ['string'], orElse: "''" } as const].map(
    (need): NativeForm => ({
      method: 'isEmpty',
      needs: [need],
      year: 2015,
      write: ([it]) => ({
        text: `${it?.operand}.length === 0`,
        level: 'comparison',
        negated: `${it?.operand}.length > 0`,
      }),
    }),
  ),
  {
    method: 'castArray',
    needs: [{ kind: 'any', isRepeated: true }],
    year: 2015,
    globals: ['Array'],
    write: ([it]) => ({ text: `Array.isArray(${it?.text}) ? ${it?.text} : [${it?.text}]`, level: 'operator' }),
  },
  {
    method: 'toArray',
    needs: [maybeArray],
    year: 2015,
    write: ([it]) => primary(`[...${it?.operand}]`),
  },
  {
    method: 'range',
    needs: [natural],
    year: 2015,
    globals: ['Array'],
    write: ([count]) => primary(`[...Array(${count?.text}).keys()]`),
  },
  {
    method: 'times',
    needs: [natural, { kind: 'counter' }],
    year: 2015,
    globals: ['Array'],
    write: ([count, turn]) => primary(`Array.from({ length: ${count?.text} }, ${turn?.text})`),
  },
];
