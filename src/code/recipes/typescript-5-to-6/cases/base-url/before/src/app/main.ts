import { one } from '@lib/one';
export const two = one + one;
