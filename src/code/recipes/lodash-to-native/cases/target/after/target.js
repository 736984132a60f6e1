import _ from 'lodash';

export const last = _.last([1, 2]);
export const flat = [[1], [2]].flat();
export const item = _.get(last, 'a');
