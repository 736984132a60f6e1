import _, { chain } from 'lodash';
import fp from 'lodash/fp';

export { map } from 'lodash';
export const wrapped = (list) => _(list).map('a').value();
export const chained = (list) => _.chain(list).head().value();
export const curried = fp.map((one) => one);
export const mapped = (list) => _.map(list, (one) => one);
export const copied = (value) => _.cloneDeep(value);
export const sorted = (list) => _.sortBy(list, ['a']);
export const text = (value) => _.isString(value) && new String(value);
export const passed = (use) => use(_);
export const called = (list) => list.map(_.trim);
export const deep = (value) => _.get(value, 'a.b');
export const falsy = (value) => _.get(value, 'a', 1);
export const spread = (...all) => _.concat(...all);
export const commented = () => _.compact(/* none */ [1]);
export const early = () => _.forEach([1, 2], (one) => one < 2);
