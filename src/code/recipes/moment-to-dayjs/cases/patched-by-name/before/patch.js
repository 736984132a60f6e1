import time from 'moment';

time.fn.toJSON = function toJSON() {
  return this.format('LL');
};

export const now = () => time().toJSON();
