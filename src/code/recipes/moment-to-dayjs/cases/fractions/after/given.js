import moment from 'moment';
import { dayjs } from './dayjs.js';

export const months = () => moment.utc('2024-01-01').add(1.5, 'months').format('YYYY-MM-DD');
const half = 0.5;
export const weeks = () => moment.utc('2024-01-01').subtract(half, 'weeks').format('YYYY-MM-DD');
export const days = () => moment.utc('2024-01-01').add(2.0, 'days').format('YYYY-MM-DD');
export const hours = () => moment.utc('2024-01-01').add(1.5, 'hours').format('YYYY-MM-DD');
export const any = (count) => dayjs.utc('2024-01-01').add(count, 'days').format('YYYY-MM-DD');
