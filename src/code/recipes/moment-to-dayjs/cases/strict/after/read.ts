import moment from 'moment';
import { dayjs } from './dayjs.js';

export const isDate = (text: string): boolean => dayjs(text, 'YYYY-MM-DD', true).isValid();
export const year = (text: string): number => moment(text, 'YYYY-MM-DD', true).year();
export const list = (text: string): boolean => moment(text, ['YYYY-MM-DD', 'YYYY']).isValid();
