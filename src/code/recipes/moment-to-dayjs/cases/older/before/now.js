import moment from 'moment';

export const now = () => moment().valueOf();
