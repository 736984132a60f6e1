import moment from 'moment';

export const month = () => moment().format('MMMM');
export const start = () => moment().startOf('week').valueOf();
export const day = () => moment().format('DD.MM.YYYY');
