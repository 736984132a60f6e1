import moment from 'moment';
import { dayjs } from './dayjs.js';

export const now = () => dayjs.utc().valueOf();
export const week = (text) => moment(text).isoWeek();
