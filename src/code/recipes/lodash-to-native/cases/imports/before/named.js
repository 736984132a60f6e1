import { compact, debounce, isNil as isNothing } from 'lodash-es';
import isArray from 'lodash/isArray';
import isNil from 'lodash.isnil';
import wait from 'lodash.debounce';
import * as all from 'lodash-es';
import other from 'other';

export const list = compact([1, 0]);
export const save = debounce(other, 10);
export const later = wait(other, 10);
export const one = isNothing(other) ? isArray(other) : !isNil(other);
export const nothing = all.isNull(other);
export function shadowed(isNil) {
  return isNil(other);
}
