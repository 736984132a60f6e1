import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { called, dayjsWith, made, moment, outcome, same } from '../../../../../test/support/moment-beside-dayjs.ts';
import { runsOf, seed } from '../../../../../test/support/seed.ts';
import { dateFit } from './dates.ts';
import { type Given, pluginOrder } from './fit.ts';
import { formatNeeds, formatTokens, isReadAlike, isStrictAlike } from './formats.ts';
import { durationFit, hollowAnswers, isIsoDate, originFit } from './origins.ts';
import { unitNames } from './units.ts';

const zones = ['UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Sao_Paulo'];
const zoneBefore = process.env.TZ;
afterAll(() => {
  process.env.TZ = zoneBefore;
});

/** Hours at which each zone has changed its clocks, and each hour around them. */
const borders = new Map(
  zones.map((zone) => {
    process.env.TZ = zone;
    const found: number[] = [];
    for (let at = Date.UTC(1974, 0, 1); at < Date.UTC(2026, 0, 1); at += 36e5)
      if (new Date(at).getTimezoneOffset() !== new Date(at - 36e5).getTimezoneOffset()) found.push(at);
    return [zone, found] as const;
  }),
);

/** Any instant: many where clocks are changed and at the ends of months. */
function anyInstant(zone: string): fc.Arbitrary<number> {
  const changes = borders.get(zone) ?? [];
  const monthEnds = fc
    .record({ year: fc.integer({ min: 1973, max: 2100 }), month: fc.nat(11), day: fc.integer({ min: 27, max: 32 }) })
    .map(({ year, month, day }) => Date.UTC(year, month, day, 3));
  const any = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2100, 0, 1) });
  if (changes.length === 0) return fc.oneof(monthEnds, any);
  const near = fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -72e5, max: 72e5 }), fc.constantFrom(0, -40, 40, 365))
    .map(([change, by, days]) => change + by + days * 864e5);
  return fc.oneof(monthEnds, any, near);
}

/** Instants at noon since 1973, when no clock is changed. */
const plainInstant = fc
  .record({
    year: fc.integer({ min: 1973, max: 2100 }),
    month: fc.nat(11),
    day: fc.integer({ min: 1, max: 31 }),
    minute: fc.nat(59),
    rest: fc.nat(59_999),
  })
  .map(({ year, month, day, minute, rest }) => new Date(year, month, day, 12, minute).getTime() + rest);

type Case = {
  readonly name: string;
  readonly given: readonly Given[];
  /** The same arguments as values; a date is made by each library. */
  readonly args: readonly unknown[];
};

const other = Symbol('another date');
/** What a method is given that is no date of the library. */
type Raw = { readonly make: (instant: number) => unknown; readonly given: Given };
const raws: readonly Raw[] = [
  { make: (instant) => instant, given: { kind: 'number' } },
  { make: (instant) => new Date(instant), given: { kind: 'date' } },
  { make: (instant) => new Date(instant).toISOString().slice(0, 10), given: { kind: 'string' } },
  { make: (instant) => new Date(instant).toISOString(), given: { kind: 'unknown' } },
];
const text = (value: string): Given => ({ kind: 'text', value });
const integer = (value: number): Given => ({ kind: 'integer', value });
const one = (name: string, ...args: readonly unknown[]): Case => ({
  name,
  args,
  given: args.map((arg): Given => {
    if (arg === other) return { kind: 'followed' };
    const raw = raws.find((one) => one === arg);
    if (raw !== undefined) return raw.given;
    if (typeof arg === 'string') return text(arg);
    if (typeof arg === 'boolean') return { kind: 'boolean', value: arg };
    return Number.isInteger(arg) ? integer(Number(arg)) : { kind: 'number' };
  }),
});

const shownArg = (arg: unknown): string => raws.find((one) => one === arg)?.given.kind ?? String(arg);
const readable =
  'year years month months date dates day days hour hours minute minutes second seconds millisecond milliseconds isoWeekday isoWeek isoWeeks isoWeekYear week weeks weekYear quarter quarters dayOfYear isLeapYear daysInMonth valueOf unix toDate toJSON toISOString isValid utcOffset isUTC toArray toObject clone utc local format';
const set: readonly (readonly [string, readonly number[]])[] = [
  ['year', [1973, 2024, 2100]],
  ['month', [0, 1, 8, 11]],
  ['date', [1, 15, 31]],
  ['day', [0, 3, 6]],
  ['hour', [0, 2, 23]],
  ['minute', [0, 59]],
  ['second', [0, 59]],
  ['millisecond', [0, 999]],
  ['isoWeekday', [1, 4, 7]],
  ['quarter', [1, 4]],
];
const units = unitNames.filter((name) => name !== 'date' && name !== 'isoWeek');
const cases: readonly Case[] = [
  ...readable.split(' ').map((name) => one(name)),
  ...set.flatMap(([name, values]) => values.map((value) => one(name, value))),
  ...set.slice(0, 8).flatMap(([name, values]) => [one('get', name), ...values.map((value) => one('set', name, value))]),
  ...units.flatMap((unit) => [-13, 1, 40].flatMap((by) => [one('add', by, unit), one('subtract', by, unit)])),
  ...['hour', 'minutes', 's', 'ms'].flatMap((unit) => [one('add', 1.5, unit), one('subtract', -0.25, unit)]),
  ...unitNames
    .filter((name) => !/^(millisecond|ms)/.test(name))
    .flatMap((unit) => [one('startOf', unit), one('endOf', unit)]),
  ...['isBefore', 'isAfter', 'isSame', 'isSameOrBefore', 'isSameOrAfter'].flatMap((name) => [
    one(name, other),
    ...['year', 'month', 'week', 'isoWeek', 'day', 'hour', 'quarter'].map((unit) => one(name, other, unit)),
  ]),
  ...[undefined, 'day', 'month'].map((unit) =>
    one('isBetween', other, other, ...(unit === undefined ? [] : [unit, '[]'])),
  ),
  one('diff', other),
  ...raws.flatMap((raw) => [
    ...['isBefore', 'isAfter', 'isSame', 'isSameOrBefore', 'isSameOrAfter'].flatMap((name) => [
      one(name, raw),
      one(name, raw, 'day'),
      one(name, raw, 'month'),
    ]),
    one('isBetween', raw, raw),
    one('isBetween', raw, other, 'month', '[)'),
    ...['day', 'month', 'hours'].map((unit) => one('diff', raw, unit)),
  ]),
  ...units.flatMap((unit) => [one('diff', other, unit), one('diff', other, unit, true)]),
  ...formatTokens.map((token) => one('format', token)),
];

function argsFor(library: unknown, { args }: Case, mode: string, instant: number): readonly unknown[] {
  return args.map((arg) => {
    const raw = raws.find((one) => one === arg);
    return raw === undefined ? (arg === other ? made(library, mode, [instant]) : arg) : raw.make(instant);
  });
}

describe(`methods of Day.js do what those of moment do, seed ${seed}`, () => {
  it.each(cases.map((one) => [`${one.name}(${one.args.map(shownArg).join(', ')})`, one] as const))('%s', (_, one) => {
    const fit = dateFit(one.name, one.given);
    if ('why' in fit) throw new Error(fit.why);
    for (const mode of fit.isLocalOnly === true ? ['moment'] : ['moment', 'utc']) {
      const needed = dayjsWith([...(fit.plugins ?? []), ...(mode === 'utc' ? (['utc'] as const) : [])]);
      const isPlain = mode === 'moment' && (fit.localPremises?.includes('plain-clocks') ?? false);
      for (const zone of isPlain ? zones.slice(0, 4) : zones) {
        process.env.TZ = zone;
        const instant = isPlain ? plainInstant : anyInstant(zone);
        fc.assert(
          fc.property(instant, instant, fc.constantFrom(needed, dayjsWith(pluginOrder)), (at, otherAt, dayjs) => {
            const theirs = outcome(() =>
              called(made(moment, mode, [at]), one.name, argsFor(moment, one, mode, otherAt)),
            );
            const mine = outcome(() =>
              called(made(dayjs, mode, [at]), fit.as ?? one.name, argsFor(dayjs, one, mode, otherAt)),
            );
            same({ zone, mode }, [theirs, mine]);
          }),
          { seed, numRuns: runsOf(4) },
        );
      }
    }
  });

  it('answers for invalid dates what moment does, where a valid one is not asked for', () => {
    const wrong: unknown[] = [];
    for (const one of cases) {
      const fit = dateFit(one.name, one.given);
      if ('why' in fit || fit.isValid === true) continue;
      const dayjs = dayjsWith([...(fit.plugins ?? []), 'utc']);
      const answers = [moment, dayjs].map((library) =>
        outcome(() =>
          called(
            made(library, 'moment', [Number.NaN]),
            library === dayjs ? (fit.as ?? one.name) : one.name,
            argsFor(library, one, 'moment', 0),
          ),
        ),
      );
      if (!isDeepStrictEqual(answers[1], answers[0])) wrong.push([one.name, one.args.map(shownArg), answers]);
    }
    expect(wrong).toEqual([]);
  });
});

describe(`formats are written and read alike, seed ${seed}`, () => {
  it('tokens side by side, with what may stand between', () => {
    const dayjs = dayjsWith(pluginOrder);
    const between = fc.constantFrom('', ' ', '-', '/', ':', '.', ', ', '[at]', '[T]', 'T', '[de]');
    const format = fc
      .array(fc.tuple(fc.constantFrom(...formatTokens), between), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.flat().join(''));
    process.env.TZ = 'America/New_York';
    fc.assert(
      fc.property(format, plainInstant, (pattern, at) => {
        if ('why' in formatNeeds(pattern)) return;
        same(
          [pattern],
          [moment, dayjs].map((one) => called(made(one, 'moment', [at]), 'format', [pattern])),
        );
      }),
      { seed, numRuns: runsOf(800) },
    );
  });

  const numbers = fc.record({
    year: fc.integer({ min: 100, max: 9999 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
    hour: fc.nat(23),
    minute: fc.nat(59),
    second: fc.nat(59),
    ms: fc.nat(999),
  });
  const pad = (value: number, length = 2): string => String(value).padStart(length, '0');
  const iso = fc
    .tuple(numbers, fc.nat(4), fc.constantFrom('T', ' '), fc.constantFrom('', 'Z', '+02:00', '-11:30'))
    .map(([{ year, month, day, hour, minute, second, ms }, depth, between, zone]) => {
      const date = `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
      const times = ['', `:${pad(second)}`, `:${pad(second)}.${pad(ms, 3)}`];
      return depth < 1 ? date : `${date}${between}${pad(hour)}:${pad(minute)}${times[depth - 1] ?? ''}${zone}`;
    });

  it('dates of ISO 8601 that exist', () => {
    const dayjs = dayjsWith(pluginOrder);
    fc.assert(
      fc.property(iso, fc.constantFrom(...zones), fc.constantFrom('moment', 'utc'), (string, zone, mode) => {
        if (!isIsoDate(string)) return;
        process.env.TZ = zone;
        same(
          [string, zone],
          [moment, dayjs].map((one) => outcome(() => made(one, mode, [string]))),
        );
      }),
      { seed, numRuns: runsOf(1000) },
    );
  });

  const patterns = ['YYYY-MM-DD', 'YYYYMMDD', 'DD.MM.YYYY', 'D/M/YYYY', 'MM/DD/YYYY', 'YYYY/MM/DD'].flatMap((date) => [
    date,
    `${date} HH:mm`,
    `${date}THH:mm:ss`,
    `${date}[T]HH:mm:ss.SSS`,
    `${date}HHmmss`,
    `${date} HH`,
  ]);

  it.each(patterns)('%s, for strings that fit it', (pattern) => {
    expect(isReadAlike(pattern)).toBe(true);
    const dayjs = dayjsWith(['customParseFormat', 'utc']);
    fc.assert(
      fc.property(
        iso,
        fc.constantFrom(...zones),
        fc.boolean(),
        fc.constantFrom('moment', 'utc'),
        (date, zone, isStrict, mode) => {
          if (!isIsoDate(date)) return;
          process.env.TZ = 'UTC';
          const string = called(made(moment, 'moment', [date]), 'format', [pattern]);
          process.env.TZ = zone;
          const args = [string, pattern, ...(isStrict ? [true] : [])];
          same(
            [string, zone],
            [moment, dayjs].map((one) => outcome(() => made(one, mode, args))),
          );
        },
      ),
      { seed, numRuns: runsOf(60) },
    );
  });

  it.each(patterns.filter((one) => isStrictAlike(one)))('%s strictly, for all strings', (pattern) => {
    const dayjs = dayjsWith(['customParseFormat', 'utc']);
    const near = fc
      .tuple(
        fc.integer({ min: 100, max: 10_050 }),
        fc.nat(13),
        fc.nat(32),
        fc.constantFrom('', ' ', 'x', '-'),
        fc.boolean(),
      )
      .map(([year, month, day, tail, isShort]) =>
        pattern
          .replace('YYYY', pad(year, isShort ? 1 : 4))
          .replace('MM', pad(month, isShort ? 1 : 2))
          .replace('DD', pad(day, isShort ? 1 : 2))
          .concat(tail),
      );
    fc.assert(
      fc.property(
        fc.oneof(
          near,
          iso,
          fc.string().filter((one) => !/^\D*0/.test(one)),
        ),
        fc.constantFrom('moment', 'utc'),
        (string, mode) => {
          process.env.TZ = 'Europe/Berlin';
          for (const name of hollowAnswers)
            same(
              [string, name],
              [moment, dayjs].map((one) => outcome(() => called(made(one, mode, [string, pattern, true]), name, []))),
            );
        },
      ),
      { seed, numRuns: runsOf(400) },
    );
  });
});

describe(`values are made alike, seed ${seed}`, () => {
  it('of nothing, numbers, dates, and what is no date', () => {
    const dayjs = dayjsWith(['utc']);
    const input = fc.oneof(
      fc.integer({ min: -8e15, max: 8e15 }),
      fc.double(),
      fc.date({ noInvalidDate: false }),
      fc.constantFrom(null, Number.NaN, 0, -0),
    );
    fc.assert(
      fc.property(input, fc.constantFrom('moment', 'utc', 'unix'), (value, name) => {
        if (name === 'unix' && typeof value !== 'number') return;
        process.env.TZ = 'UTC';
        same(
          [value, name],
          [moment, dayjs].map((one) => called(made(one, name, [value]), 'valueOf', [])),
        );
      }),
      { seed, numRuns: runsOf(800) },
    );
  });

  it('of another, in the mode of the other', () => {
    const dayjs = dayjsWith(['utc']);
    for (const from of ['moment', 'utc'])
      for (const to of ['moment', 'utc']) {
        process.env.TZ = 'America/New_York';
        same(
          [from, to],
          [moment, dayjs].map((one) => called(made(one, to, [made(one, from, [1_700_000_000_000])]), 'format', [])),
        );
      }
  });

  it('durations of fixed length', () => {
    const dayjs = dayjsWith(['duration']);
    const lengths = ['asWeeks', 'asDays', 'asHours', 'asMinutes', 'asSeconds', 'asMilliseconds'];
    const whole = fc.integer({ min: -100_000, max: 100_000 });
    const fixed = unitNames.filter((name) => /^(w|d|h|s|ms|minute|m$|milli)/.test(name) && name !== 'date');
    fc.assert(
      fc.property(whole, fc.constantFrom(undefined, ...fixed), fc.constantFrom(...lengths), (amount, unit, length) => {
        const given = unit === undefined ? [integer(amount)] : [integer(amount), text(unit)];
        expect('why' in originFit('duration', given) || 'why' in durationFit(length, [])).toBe(false);
        const args = unit === undefined ? [amount] : [amount, unit];
        same(
          [args, length],
          [moment, dayjs].map((one) => called(made(one, 'duration', args), length, [])),
        );
      }),
      { seed, numRuns: runsOf(800) },
    );
  });
});
