import { addBusinessDays, addDays, differenceInDays, eachDayOfInterval, format, formatDistanceToNow, intervalToDuration, isWithinInterval, parse, parseISO, startOfWeek, sub } from 'date-fns';
import { de, enUS } from 'date-fns/locale';

export const tomorrow = (date: Date): Date => addDays(date, 1);
export const label = (date: Date): string => format(date, 'yyyy-MM-dd', { locale: de, weekStartsOn: 1 });
export const ago = (date: number): string => formatDistanceToNow(date, { addSuffix: true, locale: enUS });
export const read = (text: string): Date => parse(text, 'dd.MM.yyyy', new Date());
export const week = (text: string): Date => startOfWeek(parseISO(text), { weekStartsOn: 1 });
export const late = (date: Date): boolean => isWithinInterval(date, { start: sub(date, { days: 1 }), end: date });
export const workday = (date: Date): Date => addBusinessDays(date, 3);
export const days = (interval: Interval): Date[] => eachDayOfInterval(interval, { step: 2 });
export const gap = (one: Date, other: Date): number => differenceInDays(one, other);

export function hours(start: Date, end: Date): number {
  const duration: Duration = intervalToDuration({ start, end });
  return duration.hours ?? 0;
}

export const locales: Record<string, Locale> = { de, enUS };
