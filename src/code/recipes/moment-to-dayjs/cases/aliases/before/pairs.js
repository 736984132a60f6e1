import moment from 'moment';

export function both() {
  const start = moment();
  const end = start;
  end.add(1, 'day');
  return [start.valueOf(), end.valueOf()];
}

export function bound() {
  const start = moment();
  const end = start.add(1, 'day');
  return start.valueOf() === end.valueOf();
}

export function kept(rows) {
  const now = moment();
  rows.push({ now });
  now.add(1, 'day');
}

export function twice() {
  const day = moment();
  return day.diff(day.add(1, 'day'));
}

export const shared = moment();

export function given(day) {
  return moment.isMoment(day) ? day.add(1, 'day') : undefined;
}

const make = () => {
  const day = moment();
  day.startOf('day');
  return day;
};

function seconds(day) {
  return day.unix();
}

export function closed() {
  const day = make();
  day.add(12, 'hours');
  return seconds(day) + seconds(moment());
}

export function inLoop(calls) {
  for (let day = moment(); day.isBefore(moment('2030-01-31')); day.add(1, 'day')) calls.push(() => day.valueOf());
}

export function waiting(load) {
  const day = moment();
  return async () => day.add(await load(), 'h').valueOf();
}

export function text() {
  return `${moment()}`;
}
