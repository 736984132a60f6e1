import { debounce } from 'lodash-es';
import wait from 'lodash.debounce';
import other from 'other';

export const list = [1, 0].filter(Boolean);
export const save = debounce(other, 10);
export const later = wait(other, 10);
export const one = other == null ? Array.isArray(other) : other != null;
export const nothing = other === null;
export function shadowed(isNil) {
  return isNil(other);
}
