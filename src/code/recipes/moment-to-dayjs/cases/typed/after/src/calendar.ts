import { dayjs } from './dayjs';
import { name } from './name';

function label(day: dayjs.Dayjs): string {
  return `${name} ${day.format('DD MMM')}`;
}

function opening(): dayjs.Dayjs {
  let day: dayjs.Dayjs = dayjs();
  day = day.startOf('day').add(8, 'hours');
  return day;
}

export function labels(): readonly string[] {
  let day: dayjs.Dayjs | undefined;
  day = opening();
  day = day.add(1, 'week');
  return [label(day), label(dayjs())];
}

export const elapsed = (from: Date, to: Date): number => dayjs(to).diff(dayjs(from), 'minutes', true);
