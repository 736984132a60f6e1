import { closestTo, formatDuration, getISOWeek, max, min, roundToNearestMinutes, setHours, toDate } from 'date-fns';
import * as all from 'date-fns';

export const round = (date: Date): Date => roundToNearestMinutes(date, { nearestTo: 15 });
export const latest = (list: Date[]): Date => max(list.map((date) => toDate(date)));
export const earliest = (list: Date[]): Date => min(list);
export const nearest = (date: Date, list: Date[]): Date | undefined => closestTo(date, list);
export const weekOf = (date: Date): number => getISOWeek(setHours(date, 12));
export const spell = (duration: Duration): string => formatDuration(duration, { format: ['hours'], zero: true });
export const utc = (date: Date): number => all.getTime(date);
