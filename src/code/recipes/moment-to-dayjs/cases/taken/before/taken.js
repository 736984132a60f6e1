import moment from 'moment';

const dayjs = 1;
export const now = () => moment().valueOf() + dayjs;
