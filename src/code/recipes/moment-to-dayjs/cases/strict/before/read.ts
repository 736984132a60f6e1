import moment from 'moment';

export const isDate = (text: string): boolean => moment(text, 'YYYY-MM-DD', true).isValid();
export const year = (text: string): number => moment(text, 'YYYY-MM-DD', true).year();
export const list = (text: string): boolean => moment(text, ['YYYY-MM-DD', 'YYYY']).isValid();
