import _ from 'lodash';

export default (value) => new (_.isNil(value) ? Map : Set)();
export const is = (value) => { return typeof value === 'number' && !_.isNull(value) };
