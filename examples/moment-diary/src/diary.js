import moment from 'moment';

/** The days from one on, as the diary names them. */
export function nextDays(first, count) {
  const day = moment.utc(first, 'YYYY-MM-DD');
  const names = [];
  for (let at = 0; at < count; at += 1) {
    names.push(day.format('dddd, MMMM Do'));
    day.add(1, 'day');
  }
  return names;
}

const weekStart = (text) => {
  const day = moment.utc(text, 'YYYY-MM-DD');
  day.startOf('isoWeek');
  return day;
};

/** The week of a date: its number, and its days from Monday to Sunday. */
export function weekOf(text) {
  const start = weekStart(text);
  const end = start.clone().add(6, 'days');
  return `${start.format('GGGG-[W]WW')}: ${start.format('DD.MM.')}–${end.format('DD.MM.')}`;
}

/** How many whole months and days lie between two entries. */
export function between(from, to) {
  const start = moment.utc(from, 'YYYY-MM-DD');
  const end = moment.utc(to, 'YYYY-MM-DD');
  const months = end.diff(start, 'months');
  start.add(months, 'months');
  return { months, days: end.diff(start, 'days'), isAfter: end.isSameOrAfter(start) };
}

/** The hours that an entry took. */
export const hours = (from, to) => moment.duration(moment.utc(to).diff(moment.utc(from))).asHours();

/** Whether an entry can be written for a date that somebody typed. */
export const isDate = (text) => moment.utc(text, 'DD.MM.YYYY', true).isValid();
