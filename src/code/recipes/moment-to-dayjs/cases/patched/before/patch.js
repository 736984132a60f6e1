import moment from 'moment';

moment.fn.nice = function nice() {
  return this.format('LL');
};

export const now = () => moment().valueOf();
