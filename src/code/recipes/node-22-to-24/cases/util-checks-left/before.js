import * as util from 'node:util';

export const parts = (next) => (util.isNullOrUndefined(next()) ? [] : [1].filter(util.isString));
