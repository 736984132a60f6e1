import moment, { type Moment } from 'moment';
import { name } from './name';

function label(day: Moment): string {
  return `${name} ${day.format('DD MMM')}`;
}

function opening(): moment.Moment {
  const day: Moment = moment();
  day.startOf('day').add(8, 'hours');
  return day;
}

export function labels(): readonly string[] {
  let day: Moment | undefined;
  day = opening();
  day.add(1, 'week');
  return [label(day), label(moment())];
}

export const elapsed = (from: Date, to: Date): number => moment(to).diff(moment(from), 'minutes', true);
