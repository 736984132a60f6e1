import type { NativeForm } from '../native-form.ts';
import { anything, primary } from '../native-form.ts';

const plain = { kind: 'value', kinds: ['object'], orElse: '{}' } as const;

/** A function of `Object`. lodash has numbers for keys where an object has a `length`, and the entries of maps and sets. */
function ofObject(name: string, native: string, year: number): NativeForm {
  return {
    method: name,
    needs: [plain],
    year,
    globals: ['Object'],
    write: ([it]) => primary(`Object.${native}(${it?.text})`),
  };
}

/** The properties of an object literal. */
function within(literal: string): string {
  return literal.slice(1, -1).trim().replace(/,$/, '');
}

/** Functions on objects whose keys are known. */
export const objectForms: readonly NativeForm[] = [
  ofObject('keys', 'keys', 2015),
  ofObject('values', 'values', 2017),
  ofObject('toPairs', 'entries', 2017),
  ofObject('entries', 'entries', 2017),
  {
    method: 'assign',
    needs: [{ kind: 'literal' }],
    rest: { kind: 'value', kinds: ['object', 'null', 'undefined'] },
    year: 2018,
    write: ([first, ...others]) => {
      const parts = [
        within(first?.text ?? ''),
        ...others.map(({ text }) => (text.startsWith('{') ? within(text) : `...${text}`)),
      ];
      return { text: `{ ${parts.filter((part) => part !== '').join(', ')} }`, level: 'object' };
    },
  },
  {
    method: 'get',
    needs: [anything, { kind: 'path' }],
    year: 2020,
    write: ([it, path]) => primary(`${it?.operand}${path?.text}`),
  },
  {
    method: 'has',
    needs: [
      { kind: 'value', kinds: ['array', 'string', 'number', 'boolean', 'function', 'object', 'other'] },
      { kind: 'key' },
    ],
    year: 2022,
    globals: ['Object'],
    write: ([it, key]) => primary(`Object.hasOwn(${it?.text}, ${key?.text})`),
  },
  {
    method: 'defaultTo',
    needs: [
      {
        kind: 'value',
        kinds: ['array', 'string', 'boolean', 'bigint', 'symbol', 'null', 'undefined', 'function', 'object'],
      },
      { kind: 'value', kinds: [], isFree: true },
    ],
    year: 2020,
    write: ([it, other]) => ({ text: `${it?.operand} ?? ${other?.operand}`, level: 'operator' }),
  },
  {
    method: 'identity',
    needs: [anything],
    year: 2015,
    write: ([it]) => ({ text: it?.operand ?? '', level: 'primary' }),
  },
  { method: 'now', needs: [], year: 2015, globals: ['Date'], write: () => primary('Date.now()') },
];
