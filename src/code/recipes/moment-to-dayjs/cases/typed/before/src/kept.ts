import moment from 'moment';

export interface Entry {
  readonly at: moment.Moment;
}

export function entry(): Entry {
  return { at: moment() };
}

export const now = (): number => moment().valueOf();
