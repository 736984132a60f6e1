import _ from 'lodash';

export const last = _.last([1, 2]);
export const flat = _.flatten([[1], [2]]);
export const item = _.get(last, 'a');
