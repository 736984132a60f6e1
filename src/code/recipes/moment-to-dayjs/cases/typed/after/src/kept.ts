import moment from 'moment';
import { dayjs } from './dayjs';

export interface Entry {
  readonly at: moment.Moment;
}

export function entry(): Entry {
  return { at: moment() };
}

export const now = (): number => dayjs().valueOf();
