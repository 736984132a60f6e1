import type { NativeForm, Need } from '../native-form.ts';
import { maybeString, number, primary, string } from '../native-form.ts';

function method(
  name: string,
  native: string,
  options: Partial<NativeForm> = {},
  needs: readonly Need[] = [],
): NativeForm {
  return {
    method: name,
    needs: [maybeString, ...needs],
    year: 2015,
    write: ([receiver, ...others]) =>
      primary(`${receiver?.operand}.${native}(${others.map(({ text }) => text).join(', ')})`),
    ...options,
  };
}

function math(name: string): NativeForm {
  return {
    method: name,
    needs: [number],
    year: 2015,
    globals: ['Math'],
    write: ([it]) => primary(`Math.${name}(${it?.text})`),
  };
}

function arithmetic(name: string, operator: string): NativeForm {
  return {
    method: name,
    needs: [number, number],
    year: 2015,
    write: ([one, other]) => ({ text: `${one?.operand} ${operator} ${other?.operand}`, level: 'operator' }),
  };
}

/** Functions on strings, for which lodash makes nothing an empty one, and on numbers. */
export const stringForms: readonly NativeForm[] = [
  method('trim', 'trim'),
  method('trimStart', 'trimStart', { year: 2019 }),
  method('trimEnd', 'trimEnd', { year: 2019 }),
  method('toLower', 'toLowerCase'),
  method('toUpper', 'toUpperCase'),
  method('startsWith', 'startsWith', {}, [string]),
  method('endsWith', 'endsWith', {}, [string]),
  {
    method: 'includes',
    needs: [string, string],
    year: 2015,
    write: ([it, part]) => primary(`${it?.operand}.includes(${part?.text})`),
  },
  method('repeat', 'repeat', {}, [{ kind: 'integer', min: 0 }]),
  method('replace', 'replace', {}, [string, { kind: 'value', kinds: ['string', 'function'] }]),
  {
    method: 'parseInt',
    needs: [string, { kind: 'integer', min: 2 }],
    year: 2015,
    globals: ['parseInt'],
    write: ([it, radix]) => primary(`parseInt(${it?.text}, ${radix?.text})`),
  },
  math('floor'),
  math('ceil'),
  math('round'),
  arithmetic('add', '+'),
  arithmetic('subtract', '-'),
  arithmetic('multiply', '*'),
  arithmetic('divide', '/'),
];
