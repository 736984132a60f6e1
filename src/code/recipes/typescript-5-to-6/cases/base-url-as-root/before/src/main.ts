import { one } from 'src/one';
export const two = one + one;
