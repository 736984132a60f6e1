import { brokenAmount, type Fit, type Given, type Needs } from './fit.ts';
import { isReadAlike, isStrictAlike } from './formats.ts';
import { unitOf } from './units.ts';

/** How a value of moment comes to be: `moment(…)`, `moment.utc(…)`, `moment.unix(…)`, `moment.duration(…)`. */
export type OriginName = 'moment' | 'utc' | 'unix' | 'duration';

/** What a new value is, beside what it needs. */
export type OriginFit =
  | (Needs & {
      readonly type: 'date' | 'duration';
      readonly mode: 'local' | 'utc';
      /** Whether it is surely a valid date, and whether it is the present. */
      readonly isSurelyValid: boolean;
      readonly isNow?: true;
      /** Where it is invalid, Day.js keeps fields of another date: only `hollowAnswers` are the same. */
      readonly isHollow?: true;
    })
  | { readonly why: string };

/** What an invalid date that was read strictly answers alike. */
export const hollowAnswers: readonly string[] = ['isValid', 'valueOf', 'unix', 'toDate', 'toJSON'];

const iso =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{3})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?$/;

/** A date of ISO 8601 that exists, in a form that both read alike. */
export function isIsoDate(text: string): boolean {
  const [found, year, month, day] = iso.exec(text) ?? [];
  if (found === undefined || Number(year) < 100) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** What a new value needs to be the same in Day.js. Pure. */
export function originFit(name: OriginName, given: readonly Given[]): OriginFit {
  if (name === 'duration') return durationOrigin(given);
  const utc = name === 'utc' ? { plugins: ['utc'] as const } : {};
  const shared = { ...utc, type: 'date', mode: name === 'utc' ? 'utc' : 'local' } as const;
  const [first, format, strict] = given;
  if (name === 'unix') {
    if (given.length !== 1) return { why: 'it has another number of arguments' };
    return { ...shared, isSurelyValid: first?.kind === 'integer' };
  }
  if (first === undefined || (first.kind === 'now' && given.length === 1))
    return { ...shared, isSurelyValid: true, isNow: true };
  if (format !== undefined) {
    const read = readByFormat(first, format, strict, given.length);
    return 'why' in read
      ? read
      : { ...shared, ...read, plugins: [...(shared.plugins ?? []), ...(read.plugins ?? [])], isSurelyValid: false };
  }
  switch (first.kind) {
    case 'followed':
    case 'number':
    case 'date':
      return { ...shared, isSurelyValid: first.kind === 'followed' };
    case 'integer':
      return { ...shared, isSurelyValid: first.value > -5.9e13 && first.value < 2.5e14 };
    case 'text':
      return isIsoDate(first.value)
        ? { ...shared, isSurelyValid: true }
        : { why: `'${first.value}' is no whole date of ISO 8601 that exists` };
    case 'boolean':
    case 'other':
      return { why: 'it is given a list, an object, or what is no date' };
    default:
      return { ...shared, premises: ['fitting-strings'], isSurelyValid: false };
  }
}

function readByFormat(
  first: Given,
  format: Given,
  strict: Given | undefined,
  count: number,
): (Needs & { readonly isHollow?: true }) | { readonly why: string } {
  if (format.kind !== 'text') return { why: 'its format is not written out' };
  if (!isReadAlike(format.value)) return { why: `the format '${format.value}' is not known to be read alike` };
  if (first.kind !== 'text' && first.kind !== 'string' && first.kind !== 'unknown')
    return { why: 'what it reads by a format is no string' };
  const isStrict = strict?.kind === 'boolean' && strict.value;
  if (count > 3 || (strict !== undefined && !isStrict)) return { why: 'it has more arguments than are known' };
  const isProven = isStrict && first.kind !== 'unknown' && isStrictAlike(format.value);
  return {
    plugins: ['customParseFormat'],
    ...(isProven ? { isHollow: true, premises: ['common-years'] } : { premises: ['fitting-strings'] }),
  };
}

/** Units whose length is fixed. */
const fixed = new Set(['week', 'day', 'hour', 'minute', 'second', 'millisecond']);

function durationOrigin([amount, unit, ...rest]: readonly Given[]): OriginFit {
  const made = { type: 'duration', mode: 'local', plugins: ['duration'], isSurelyValid: true } as const;
  if (amount === undefined || rest.length > 0) return { why: 'it has another number of arguments' };
  if (unit === undefined)
    return amount.kind === 'number' || amount.kind === 'integer'
      ? made
      : { why: 'it is not known to be given a number of milliseconds' };
  const length = unit.kind === 'text' ? unitOf(unit.value) : undefined;
  if (length === undefined || !fixed.has(length)) return { why: 'its unit has no fixed length, or is not written out' };
  if (amount.kind === 'integer') return made;
  const isShort = length !== 'week' && length !== 'day';
  if (amount.kind !== 'number') return { why: 'its amount is not known to be a number' };
  if ('isFraction' in amount && !isShort) return { why: brokenAmount };
  return isShort ? made : { ...made, premises: ['whole-amounts'] };
}

/** What of a duration of fixed length is the same. */
export function durationFit(name: string, given: readonly Given[]): Fit {
  const isLength = /^as(Weeks|Days|Hours|Minutes|Seconds|Milliseconds)$/.test(name);
  if (given.length === 0 && isLength) return { effect: 'answers' };
  const [unit] = given;
  if (name === 'as' && given.length === 1 && unit?.kind === 'text' && fixed.has(unitOf(unit.value) ?? ''))
    return { effect: 'answers' };
  return { why: `\`${name}\` of a duration is not known to be the same` };
}
