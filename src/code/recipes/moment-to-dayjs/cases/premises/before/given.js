import moment from 'moment';

export const read = (text) => moment(text).valueOf();
export const written = (date = new Date()) => moment(date).format('YYYY-MM-DD');
export const rounded = () => moment().endOf('hour').valueOf();
export const later = (days) => moment().add(days, 'days').toDate();
export const ago = () => moment(0).fromNow();
export const strict = (date = '') => moment(date, 'YYYY-MM-DD', true).isValid();
export const hollow = (date = '') => moment(date, 'YYYY-MM-DD', true).year();
export const loose = (date = new Date()) => moment(date).valueOf();
export const made = (ms) => moment(new Date(ms)).add(ms / 2, 'hours').valueOf();
