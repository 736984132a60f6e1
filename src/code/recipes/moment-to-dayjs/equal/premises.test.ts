import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import relativeTime from 'dayjs/plugin/relativeTime.js';
import moment from 'moment';
import { afterAll, expect, it } from 'vitest';
import { type Premise, premiseMeanings } from './fit.ts';

dayjs.extend(customParseFormat);
dayjs.extend(relativeTime);
const zoneBefore = process.env.TZ;
afterAll(() => {
  process.env.TZ = zoneBefore;
});

/** For each premise what both answer where it is broken. */
const broken: Readonly<Record<Premise, () => readonly [unknown, unknown]>> = {
  'valid-dates': () => [moment(Number.NaN).format(), dayjs(Number.NaN).format()],
  'common-years': () => [
    moment('0000-01-01', 'YYYY-MM-DD', true).isValid(),
    dayjs('0000-01-01', 'YYYY-MM-DD', true).isValid(),
  ],
  'fitting-strings': () => [moment('2030-02-31').isValid(), dayjs('2030-02-31').isValid()],
  'whole-amounts': () => [moment(0).subtract(1.5, 'day').valueOf(), dayjs(0).subtract(1.5, 'day').valueOf()],
  'plain-clocks': () => {
    process.env.TZ = 'America/New_York';
    const second = Date.UTC(2028, 10, 5, 6, 30);
    return [moment(second).startOf('hour').valueOf(), dayjs(second).startOf('hour').valueOf()];
  },
  'relative-times': () => {
    process.env.TZ = 'UTC';
    const [from, to] = [Date.UTC(2007, 0, 31, 22), Date.UTC(2008, 6, 31, 20)];
    return [moment(from).from(moment(to)), dayjs(from).from(dayjs(to))];
  },
};

it.each(Object.keys(premiseMeanings))('%s is needed', (name) => {
  const found = Object.entries(broken).find(([premise]) => premise === name);
  expect(found).toBeDefined();
  const [theirs, mine] = found?.[1]() ?? [0, 0];
  expect(mine).not.toEqual(theirs);
});
