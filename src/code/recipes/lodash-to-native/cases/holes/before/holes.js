import _ from 'lodash';

const table = new Array(10);
export const squares = _.map(['a'], (one) => one + table.length);
export const found = _.find(['a'], (one) => one === 'a');
