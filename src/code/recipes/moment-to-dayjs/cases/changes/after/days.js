import moment from 'moment';
import { dayjs } from './dayjs.js';

export function nextDays(count) {
  let day = dayjs();
  const names = [];
  for (let at = 0; at < count; at += 1) {
    names.push(day.format('YYYY-MM-DD'));
    day = day.add(1, 'day');
  }
  return names;
}

export function lastSecond() {
  const day = dayjs().startOf('day');
  return day.add(1, 'day').subtract(1, 's').toDate();
}

export function fridayText() {
  let day = moment();
  while (day.isoWeekday() !== 5) day.add(1, 'd');
  return day.clone().add(2, 'hours').format('[on] dddd HH:mm') + day.startOf('day').add(3, 'h').format(' H');
}

export function daysUntil(end) {
  const last = dayjs('2030-01-31');
  for (let day = dayjs(); day.isBefore(last); day = day.add(7, 'days')) end(day.valueOf());
}

export function openings(count) {
  let day = dayjs().startOf('day');
  return Array.from({ length: count }, () => (day = day.add(1, 'day')).format('D/M'));
}

export function wholeText(isLate) {
  const day = isLate ? moment().add(1, 'd') : moment();
  const first = day.startOf('month').format('MMM Do');
  day.month(0).date(1);
  return first + day.format(' MMM');
}
