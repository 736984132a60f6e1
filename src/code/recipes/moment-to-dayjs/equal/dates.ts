import { brokenAmount, type Effect, type Fit, type Given, type Needs, type Premise } from './fit.ts';
import { formatNeeds } from './formats.ts';
import { isIsoDate } from './origins.ts';
import { type Unit, unitOf } from './units.ts';

const clocks = { localPremises: ['plain-clocks'] } as const;
const many = { why: 'it has another number of arguments' };

type Setter = { readonly as?: string; readonly low: number; readonly high: number } & Needs;

/** Parts of a date: with no argument they are read, with one they are set. */
const parts: ReadonlyMap<string, Setter> = new Map<string, Setter>(
  Object.entries({
    year: { low: 100, high: 9999, ...clocks },
    month: { low: 0, high: 11, ...clocks },
    date: { low: 1, high: 31 },
    day: { low: 0, high: 6, ...clocks },
    hour: { low: 0, high: 23 },
    minute: { low: 0, high: 59 },
    second: { low: 0, high: 59 },
    millisecond: { low: 0, high: 999 },
    isoWeekday: { low: 1, high: 7, plugins: ['isoWeek'], isValid: true, ...clocks },
    quarter: { low: 1, high: 4, plugins: ['quarterOfYear'], ...clocks },
  }),
);

/** What is only read, with what it needs. */
const answers: ReadonlyMap<string, Needs> = new Map<string, Needs>(
  Object.entries({
    valueOf: {},
    unix: {},
    toDate: {},
    toJSON: {},
    toISOString: { isValid: true },
    isValid: {},
    daysInMonth: {},
    utcOffset: clocks,
    isUTC: { plugins: ['utc'] },
    isoWeek: { plugins: ['isoWeek'], ...clocks },
    isoWeekYear: { plugins: ['isoWeek'], ...clocks },
    week: { plugins: ['weekOfYear'], isEnglish: true, ...clocks },
    weekYear: { plugins: ['weekOfYear', 'weekYear'], isEnglish: true, ...clocks },
    dayOfYear: { plugins: ['dayOfYear'] },
    isLeapYear: { plugins: ['isLeapYear'] },
    toArray: { plugins: ['toArray'] },
    toObject: { plugins: ['toObject'] },
  }),
);

/** Names in the plural, which Day.js does not have. */
const plurals: ReadonlyMap<string, string> = new Map([
  ...['year', 'month', 'date', 'day', 'hour', 'minute', 'second', 'millisecond', 'quarter'].map(
    (name) => [`${name}s`, name] as const,
  ),
  ['weeks', 'week'],
  ['isoWeeks', 'isoWeek'],
]);

const comparisons: ReadonlyMap<string, Needs> = new Map<string, Needs>(
  Object.entries({
    isBefore: {},
    isAfter: {},
    isSame: {},
    isSameOrBefore: { plugins: ['isSameOrBefore'] },
    isSameOrAfter: { plugins: ['isSameOrAfter'] },
  }),
);

/** Why methods stay that are often asked for. */
const stays: ReadonlyMap<string, string> = new Map<string, string>(
  Object.entries({
    toString: 'Day.js writes it in UTC and another form',
    calendar: 'Day.js has other texts and formats for it',
    locale: 'Day.js does not have the language unless it is imported',
    lang: 'Day.js does not have the language unless it is imported',
    tz: 'it is of moment-timezone',
    isDST: 'Day.js has no `isDST`',
    parseZone: 'Day.js does not keep an offset that it reads',
    weekday: 'it depends on the language',
    inspect: 'Day.js has no `inspect`',
    creationData: 'Day.js has no `creationData`',
    max: 'it is deprecated',
    min: 'it is deprecated',
  }),
);

const changers = new Set('add subtract startOf endOf set utc local tz'.split(' '));
const otherSetters = new Set('week isoWeek weekYear isoWeekYear dayOfYear weekday utcOffset locale lang'.split(' '));

/** What a method does to the value that it is called on, whether or not Day.js has it. */
export function effectOf(called: string, count: number): Effect {
  const name = plurals.get(called) ?? called;
  if (name === 'clone') return 'copies';
  const isSetter = count > 0 && (parts.get(name) !== undefined || otherSetters.has(name));
  return changers.has(name) || isSetter ? 'changes' : 'answers';
}

/** What a call of a method of a date needs to be the same in Day.js. Pure. */
export function dateFit(called: string, given: readonly Given[]): Fit {
  const name = plurals.get(called) ?? called;
  const fit = namedFit(name, given);
  return 'why' in fit || name === called ? fit : { ...fit, as: name };
}

function namedFit(name: string, given: readonly Given[]): Fit {
  const part = parts.get(name);
  if (part !== undefined) return partFit(part, given);
  const answer = answers.get(name);
  if (answer !== undefined) return given.length === 0 ? { ...answer, effect: 'answers' } : setWhy(name);
  const comparison = comparisons.get(name);
  if (comparison !== undefined) return comparisonFit(comparison, given);
  switch (name) {
    case 'clone':
      return given.length === 0 ? { effect: 'copies' } : many;
    case 'add':
    case 'subtract':
      return amountFit(given);
    case 'startOf':
    case 'endOf':
      return borderFit(name, given);
    case 'format':
      return formatFit(given);
    case 'diff':
      return differenceFit(given);
    case 'isBetween':
      return betweenFit(given);
    case 'utc':
    case 'local':
      return given.length === 0 ? { plugins: ['utc'], effect: 'changes', mode: name } : setWhy(name);
    case 'get':
    case 'set':
      return byNameFit(name, given);
    case 'from':
    case 'to':
    case 'fromNow':
    case 'toNow':
      return relativeFit(name, given);
    default:
      return { why: stays.get(name) ?? `\`${name}\` is not known to be the same` };
  }
}

function setWhy(name: string): Fit {
  return { why: `\`${name}\` with an argument is not known to be the same` };
}

function partFit({ low, high, localPremises, ...needs }: Setter, given: readonly Given[]): Fit {
  const [value] = given;
  if (value === undefined) return { ...needs, effect: 'answers' };
  if (given.length > 1 || value.kind !== 'integer' || value.value < low || value.value > high)
    return { why: `what is set is no whole number from ${low} to ${high} that is written out` };
  return { ...needs, effect: 'changes', ...(localPremises === undefined ? {} : { localPremises }) };
}

function byNameFit(name: string, [unit, ...rest]: readonly Given[]): Fit {
  const named = unit?.kind === 'text' ? unitOf(unit.value) : undefined;
  const part = named === undefined || named === 'isoWeek' || named === 'week' ? undefined : parts.get(named);
  const isCounted = name === 'set' ? rest.length === 1 : rest.length === 0;
  if (part === undefined || named === 'quarter' || !isCounted)
    return { why: `what \`${name}\` is given is not one unit that both name alike` };
  return partFit(part, rest);
}

const calendarUnits = new Set<Unit>(['year', 'quarter', 'month']);
const dayUnits = new Set<Unit>(['week', 'day']);

function amountFit(given: readonly Given[]): Fit {
  const [amount, named] = given;
  const unit = named?.kind === 'text' ? unitOf(named.value) : undefined;
  if (amount === undefined || given.length !== 2 || unit === undefined || unit === 'date' || unit === 'isoWeek')
    return { why: 'it is not given an amount and a unit that both name alike' };
  const plugins = unit === 'quarter' ? (['quarterOfYear'] as const) : [];
  const local = calendarUnits.has(unit) ? clocks : {};
  if (amount.kind === 'integer' && Math.abs(amount.value) > 5000 && calendarUnits.has(unit))
    return { why: 'it leads out of the years 100 to 9999' };
  if (amount.kind === 'integer') return { plugins, effect: 'changes', ...local };
  const isDaily = calendarUnits.has(unit) || dayUnits.has(unit);
  if ('isFraction' in amount && isDaily) return { why: brokenAmount };
  const isKnown = amount.kind === 'number' && !isDaily;
  if (amount.kind !== 'number' && amount.kind !== 'unknown') return { why: 'its amount is no number' };
  return { plugins, effect: 'changes', ...local, premises: isKnown ? [] : ['whole-amounts'] };
}

function unitNeeds(unit: Unit): Needs {
  const plugins = unit === 'isoWeek' ? (['isoWeek'] as const) : unit === 'quarter' ? (['quarterOfYear'] as const) : [];
  return unit === 'week' ? { plugins, isEnglish: true } : { plugins };
}

function borderFit(name: 'startOf' | 'endOf', given: readonly Given[]): Fit {
  const [named] = given;
  const unit = named?.kind === 'text' ? unitOf(named.value) : undefined;
  if (unit === undefined || unit === 'millisecond' || given.length !== 1)
    return { why: 'it is not given a unit that both name alike' };
  const isExact = name === 'startOf' && !/^(hour|minute|second)$/.test(unit);
  return { ...unitNeeds(unit), effect: 'changes', ...(isExact ? {} : clocks) };
}

function formatFit(given: readonly Given[]): Fit {
  const [format] = given;
  if (format === undefined) return { isValid: true, effect: 'answers', ...clocks };
  if (given.length > 1 || format.kind !== 'text') return { why: 'its format is not written out' };
  const needs = formatNeeds(format.value);
  return 'why' in needs ? needs : { ...needs, effect: 'answers' };
}

/** What is compared with has to be followed too: moment does not take a value of Day.js. */
function comparisonFit(needs: Needs, [other, named, ...rest]: readonly Given[]): Fit {
  const premises = readPremises(other);
  if (premises === undefined || rest.length > 0) return { why: 'what it is compared with is not known to be a date' };
  if (named === undefined) return { ...needs, premises, effect: 'answers' };
  const unit = named.kind === 'text' ? unitOf(named.value) : undefined;
  if (unit === undefined || unit === 'millisecond') return { why: 'its unit is not one that both name alike' };
  const { plugins = [], ...others } = unitNeeds(unit);
  return { ...others, ...clocks, premises, plugins: [...plugins, ...(needs.plugins ?? [])], effect: 'answers' };
}

/** What has to be granted for a date that is not followed to be read alike; undefined where it cannot be. */
function readPremises(other: Given | undefined): readonly Premise[] | undefined {
  switch (other?.kind) {
    case 'followed':
    case 'now':
    case 'date':
    case 'number':
    case 'integer':
      return [];
    case 'text':
      return isIsoDate(other.value) ? [] : undefined;
    case 'string':
    case 'unknown':
      return ['fitting-strings'];
    default:
      return undefined;
  }
}

function betweenFit(given: readonly Given[]): Fit {
  const [from, to, named, borders, ...rest] = given;
  const read = [from, to].map(readPremises);
  const premises = read.includes(undefined) ? undefined : read.flatMap((one) => one ?? []);
  if (premises === undefined || rest.length > 0) return { why: 'what it is compared with is not known to be a date' };
  const isBordered = borders === undefined || (borders.kind === 'text' && /^[[(][\])]$/.test(borders.value));
  if (!isBordered) return { why: 'its borders are not written out' };
  if (named === undefined) return { plugins: ['isBetween'], premises, effect: 'answers' };
  const unit = named.kind === 'text' ? unitOf(named.value) : undefined;
  if (unit === undefined || unit === 'millisecond') return { why: 'its unit is not one that both name alike' };
  const { plugins = [], ...others } = unitNeeds(unit);
  return { ...others, ...clocks, premises, plugins: [...plugins, 'isBetween'], isValid: true, effect: 'answers' };
}

function differenceFit(given: readonly Given[]): Fit {
  const [other, named, float, ...rest] = given;
  const premises = readPremises(other);
  if (premises === undefined || rest.length > 0) return { why: 'what it is compared with is not known to be a date' };
  const mode = other?.kind === 'followed' ? ({ isOneMode: true } as const) : ({ isLocalOnly: true } as const);
  const shared = { effect: 'answers', premises, ...mode } as const;
  if (named === undefined) return shared;
  const unit = named.kind === 'text' ? unitOf(named.value) : undefined;
  if (unit === undefined || unit === 'date' || unit === 'isoWeek' || (float !== undefined && float.kind !== 'boolean'))
    return { why: 'its unit is not one that both name alike' };
  if (calendarUnits.has(unit)) return { ...shared, ...clocks, isValid: true };
  return dayUnits.has(unit) ? { ...shared, ...clocks } : shared;
}

function relativeFit(name: string, given: readonly Given[]): Fit {
  const [other, ...rest] = /Now$/.test(name) ? [undefined, ...given] : given;
  const isOther = /Now$/.test(name) || other?.kind === 'followed';
  const isBare = rest.length === 0 || (rest.length === 1 && rest[0]?.kind === 'boolean');
  if (!isOther || !isBare) return { why: 'what it is compared with is not followed' };
  return {
    plugins: ['relativeTime'],
    premises: ['relative-times'],
    isValid: true,
    isEnglish: true,
    effect: 'answers',
  };
}
