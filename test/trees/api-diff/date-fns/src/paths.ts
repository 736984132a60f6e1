import addMonths from 'date-fns/addMonths';
import isBefore from 'date-fns/isBefore';
import fr from 'date-fns/locale/fr';
import { isAfter } from 'date-fns';
import { addDays, format } from 'date-fns/fp';

export const next = (date: Date): Date => addMonths(date, 1);
export const early = (one: Date, other: Date): boolean => isBefore(one, other) && !isAfter(one, other);
export const third = addDays(3);
export const short = format('yy');
export const name = fr.code;
