import moment from 'moment';

export const spoken = () => moment().calendar();
export const said = () => moment().format('Wo [week]');
export const text = () => moment().toString();
export const zone = () => moment.parseZone('2030-01-01T00:00:00+02:00').format();
export const months = moment.months();
export const week = () => moment().week(3).valueOf();
export const object = () => moment({ year: 2030 }).valueOf();
export const list = () => moment([2030, 0, 1]).valueOf();
export const overflowing = () => moment('2030-02-31').isValid();
export const long = () => moment.duration(2, 'months').asDays();
export const reversed = () => moment().add('days', 1).valueOf();
export const mixed = () => moment().diff(moment.utc(), 'months');
export const made = new moment();
export const rfc = () => moment('Tue, 01 Jan 2030 00:00:00 GMT').valueOf();
export const set = (month) => moment().month(month).valueOf();
export const alike = (one) => moment(one) === one;
export { moment };
