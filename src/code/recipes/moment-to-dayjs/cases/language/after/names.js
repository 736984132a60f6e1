import moment from 'moment';
import { dayjs } from './dayjs.js';

export const month = () => moment().format('MMMM');
export const start = () => moment().startOf('week').valueOf();
export const day = () => dayjs().format('DD.MM.YYYY');
